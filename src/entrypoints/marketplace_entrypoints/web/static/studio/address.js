// The address of a new shop: suggested from its name until somebody types another, shown as it will be.

function suggested(name) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");
}

export function suggestAddress(form) {
  const { name, slug } = form.elements;
  const shown = form.querySelector("[data-slug-shown]");
  let own = slug.value !== "";
  const show = () => { shown.textContent = slug.value || "…"; };
  name.addEventListener("input", () => {
    if (!own) slug.value = suggested(name.value);
    show();
  });
  slug.addEventListener("input", () => {
    own = slug.value !== "";
    slug.value = slug.value.toLowerCase().replace(/\s/g, "-");
    show();
  });
}
