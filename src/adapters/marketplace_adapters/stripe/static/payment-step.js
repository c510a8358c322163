// <payment-step>: Stripe's Payment Element on the shop's own page. Whatever the buyer types goes into a frame of
// Stripe's and never reaches the shop; Stripe sends the buyer back, and what became of the payment is asked of Stripe.

const STRIPE_JS = "https://js.stripe.com/v3/";

const WORDS = {
  en: {
    loading: "The payment form is coming…",
    pay: (amount) => `Pay ${amount}`,
    paying: "One moment…",
    unreachable: "The payment form did not come. Nothing was taken; look whether something blocks js.stripe.com, and load the page again.",
    failed: "The payment did not go through, and nothing was taken. Try again, or in another way.",
  },
  ru: {
    loading: "Форма оплаты загружается…",
    pay: (amount) => `Оплатить ${amount}`,
    paying: "Секунду…",
    unreachable: "Форма оплаты не загрузилась. Деньги не списаны; проверьте, не блокируется ли js.stripe.com, и обновите страницу.",
    failed: "Оплата не прошла, деньги не списаны. Попробуйте ещё раз или другим способом.",
  },
};

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function stripeScript() {
  if (window.Stripe) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = made("script", { src: STRIPE_JS });
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

class PaymentStep extends HTMLElement {
  async connectedCallback() {
    if (this.form) return;
    this.words = WORDS[this.getAttribute("lang")] ?? WORDS.en;
    this.said = made("div", { role: "status", "aria-live": "assertive" }, made("p", { class: "quiet" }, this.words.loading));
    this.place = made("div");
    this.button = made("button", { class: "button main wide" }, this.words.pay(this.getAttribute("amount") ?? ""));
    this.form = made("form", { class: "stack", novalidate: "" }, this.said, this.place, this.button);
    this.button.disabled = true;
    this.replaceChildren(this.form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.pay();
    });
    try {
      await stripeScript();
      this.mount();
    } catch {
      this.say(this.words.unreachable);
    }
  }

  mount() {
    const locale = this.getAttribute("lang") ?? "auto";
    this.stripe = window.Stripe(this.getAttribute("public-key"), { locale });
    this.elements = this.stripe.elements({ clientSecret: this.getAttribute("client-secret") });
    const element = this.elements.create("payment");
    element.on("ready", () => {
      this.said.replaceChildren();
      this.button.disabled = false;
    });
    element.on("loaderror", () => this.say(this.words.unreachable));
    element.mount(this.place);
  }

  async pay() {
    this.busy(true);
    const back = new URL(this.getAttribute("return-url"), location.href).href;
    let answer;
    try {
      answer = await this.stripe.confirmPayment({ elements: this.elements, confirmParams: { return_url: back } });
    } catch {
      answer = { error: {} };
    }
    // Reached only when there is something to correct: otherwise Stripe has sent the buyer back by now.
    const { error } = answer;
    if (error?.payment_intent?.status === "succeeded" || error?.payment_intent?.status === "processing") {
      location.assign(back);
      return;
    }
    this.busy(false);
    this.say(error?.message || this.words.failed);
  }

  say(sentence) {
    this.said.replaceChildren(made("div", { class: "note bad" }, made("p", {}, sentence)));
  }

  busy(is) {
    this.button.disabled = is;
    this.button.textContent = is ? this.words.paying : this.words.pay(this.getAttribute("amount") ?? "");
  }
}

if (!customElements.get("payment-step")) customElements.define("payment-step", PaymentStep);
