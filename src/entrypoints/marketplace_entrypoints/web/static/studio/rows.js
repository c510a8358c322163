// More rows for variants, without asking the server for the same form again.

const MORE = 3;

export function moreRows(table) {
  const button = table.querySelector("button[name=more]");
  const count = table.querySelector("input[name=rows]");
  const body = table.querySelector("tbody");
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    const most = Number(table.dataset.max);
    const before = body.rows.length;
    for (let number = before; number < Math.min(before + MORE, most); number += 1) {
      const row = body.rows[0].cloneNode(true);
      for (const error of row.querySelectorAll(".error")) error.remove();
      for (const input of row.querySelectorAll("input")) {
        input.name = input.name.replace(/^r\d+_/, `r${number}_`);
        input.value = "";
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-describedby");
      }
      body.append(row);
    }
    count.value = String(body.rows.length);
    if (body.rows.length >= most) button.hidden = true;
    body.rows[before]?.querySelector("input").focus();
  });
}
