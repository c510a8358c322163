// Which products stand on the page and in which order: by buttons instead of numbers. The numbers are what is sent.

function control(sign, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = sign;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

export function arrange(goods) {
  const list = goods.querySelector(".lineup");
  if (!list) return;
  list.classList.add("ready");
  const say = goods.dataset;
  const place = (item) => item.querySelector("input");
  const on = () => [...list.children].filter((item) => place(item).value.trim() !== "");

  function settle(focused, label) {
    on().forEach((item, index) => { place(item).value = String(index + 1); });
    for (const item of list.children) dress(item);
    [...(focused?.querySelectorAll("button:not(:disabled)") ?? [])].find((each, index) => each.title === label || (!label && index === 0))?.focus();
  }

  function dress(item) {
    const chosen = on();
    const at = chosen.indexOf(item);
    item.classList.toggle("off", at < 0);
    const up = control("↑", say.sayUp, () => { item.previousElementSibling.before(item); settle(item, say.sayUp); });
    const down = control("↓", say.sayDown, () => { item.nextElementSibling.after(item); settle(item, say.sayDown); });
    const off = control("×", say.sayOff, () => { place(item).value = ""; chosen.at(-1).after(item); settle(item); });
    const put = control("+", say.sayOn, () => {
      const last = chosen.at(-1);
      place(item).value = "1";
      if (last) last.after(item); else list.prepend(item);
      settle(item);
    });
    up.disabled = at === 0;
    down.disabled = at === chosen.length - 1;
    put.disabled = chosen.length >= Number(say.max);
    item.querySelector(".controls").replaceChildren(...(at < 0 ? [put] : [up, down, off]));
  }

  settle();
}
