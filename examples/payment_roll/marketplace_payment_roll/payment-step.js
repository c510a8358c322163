// <payment-step> of the till roll: a button for every test card, and the question of the bank.

const HERE = new URL(".", import.meta.url);
const CARDS = {
  4242424242424242: { en: "Pay", ru: "Оплатить" },
  4000000000000002: { en: "A card that is declined", ru: "Карта, которую отклонят" },
  4000000000009995: { en: "A card with too little on it", ru: "Карта, на которой мало денег" },
  4000000000003220: { en: "A card whose bank asks first", ru: "Карта, чей банк сначала спросит" },
  4000000000000077: { en: "A card that takes half a minute", ru: "Карта, которой нужно полминуты" },
};
const WORDS = {
  en: {
    pretended: "This is a pretended payment: no real money moves.",
    asked: "Your bank asks: was this you?",
    approve: "Yes, it was me",
    refuse: "No, refuse it",
    not: "Nothing was taken. Try another card.",
    unreachable: "The provider does not answer. Press the button again in a moment, you will not pay twice.",
  },
  ru: {
    pretended: "Это учебная оплата: настоящие деньги не списываются.",
    asked: "Банк спрашивает: это были вы?",
    approve: "Да, это я",
    refuse: "Нет, отклонить",
    not: "Ничего не списано. Попробуйте другую карту.",
    unreachable: "Платёжная система не отвечает. Нажмите ещё раз через минуту, дважды не спишется.",
  },
};
const OVER = new Set(["captured", "processing"]);
const DONE = new Set(["payment_captured", "payment_processing", "payment_cancelled"]);

class PaymentStep extends HTMLElement {
  connectedCallback() {
    this.language = this.getAttribute("lang") in WORDS ? this.getAttribute("lang") : "en";
    this.offerCards();
  }

  offerCards(note = WORDS[this.language].pretended) {
    const buttons = Object.entries(CARDS).map(([card, label], place) =>
      this.button(place ? label[this.language] : `${label[this.language]} ${this.getAttribute("amount") ?? ""}`, place === 0, () => this.send("pay", { card })),
    );
    this.show(note, buttons);
  }

  askTheBuyer() {
    const words = WORDS[this.language];
    const answers = ["approve", "refuse"].map((outcome) => this.button(words[outcome], outcome === "approve", () => this.send("authenticate", { outcome })));
    this.show(words.asked, answers);
  }

  button(label, isMain, act) {
    const button = document.createElement("button");
    button.className = isMain ? "button main wide" : "button wide";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  show(note, buttons) {
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    said.textContent = note;
    const box = document.createElement("div");
    box.className = "stack";
    box.append(said, ...buttons);
    this.replaceChildren(box);
  }

  async send(verb, body) {
    for (const button of this.querySelectorAll("button")) button.disabled = true;
    let told;
    try {
      const answer = await fetch(new URL(verb, HERE), {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ client_secret: this.getAttribute("client-secret"), ...body }),
      });
      told = await answer.json();
    } catch {
      return this.offerCards(WORDS[this.language].unreachable);
    }
    if (OVER.has(told.state) || DONE.has(told.code)) location.assign(this.getAttribute("return-url"));
    else if (told.state === "requires_action") this.askTheBuyer();
    else this.offerCards(WORDS[this.language].not);
  }
}

if (!customElements.get("payment-step")) customElements.define("payment-step", PaymentStep);
