// <payment-step>: a card form on the shop's own page. It speaks with the provider, and sends the buyer back when the
// provider has taken the payment or works on it. Nothing typed here is kept anywhere in the browser.

const HERE = new URL(".", import.meta.url);
const BACK_AFTER_MS = 2500;

const CARDS = [
  ["4242424242424242", "succeeds"],
  ["4000000000000002", "declines"],
  ["4000000000009995", "lacks_funds"],
  ["4000000000003220", "asks_the_buyer"],
  ["4000000000000077", "succeeds_late"],
  ["4000000000007726", "refund_pending"],
  ["4000000000005126", "refund_bounces"],
  ["4000000000000259", "disputes_as_fraud"],
  ["4000000000002685", "disputes_as_not_received"],
  ["4000000000001976", "bank_inquires"],
];

const WORDS = {
  en: {
    pretended: "This is a pretended payment: no real money moves. Never type the number of a real card.",
    number: "Card number",
    expiry: "Valid until (MM/YY)",
    code: "Security code",
    pay: (amount) => `Pay ${amount}`,
    paying: "One moment…",
    cards: "Test cards",
    card: "Card",
    does: "What it does",
    use: "Use this card",
    succeeds: "It is paid at once.",
    declines: "The bank declines it.",
    lacks_funds: "There is not enough money on it.",
    asks_the_buyer: "Your bank asks you first.",
    succeeds_late: "It is paid about half a minute later.",
    refund_pending: "It is paid at once. A refund to it takes a while.",
    refund_bounces: "It is paid at once. A refund to it comes back later: the card was closed.",
    disputes_as_fraud: "It is paid at once. Later the bank takes the money back: not this buyer, it says.",
    disputes_as_not_received: "It is paid at once. Later the bank takes the money back: nothing arrived, it says.",
    bank_inquires: "It is paid at once. Later the bank asks about it, and takes nothing yet.",
    paid: "Paid. You are being taken back to your order.",
    processing: "Your bank is still working on it. Nothing is lost: your order changes by itself once the money has come.",
    over: "This payment has been dealt with already. You are being taken back to your order.",
    askTitle: "Your bank asks: was this you?",
    askText: (amount) => `Somebody wants to pay ${amount} with your card.`,
    approve: "Yes, it was me",
    refuse: "No, refuse it",
    card_declined: "The bank declined this card. Nothing was taken; try another one.",
    insufficient_funds: "There is not enough money on this card. Nothing was taken; try another one.",
    authentication_failed: "The payment was not approved. Nothing was taken; try again, or with another card.",
    expired_card: "This card has expired. Try another one.",
    unknown_test_card: "Only the test cards below work here.",
    invalid_expiry: "Write the date as 12/34.",
    invalid_security_code: "The security code has three or four digits.",
    invalid_request: "Something in this form does not fit. Look it over and try again.",
    payment_cancelled: "This payment was called off: the order was cancelled or ran out of time. Nothing was taken.",
    attempts_exhausted: "Too many attempts. Nothing was taken; go back to your order and order again.",
    payment_not_found: "The provider does not know this payment. Go back to your order and try again from there.",
    unreachable: "The provider does not answer. Nothing is lost: press the button again in a moment, you will not pay twice.",
  },
  ru: {
    pretended: "Это учебная оплата: настоящие деньги не списываются. Не вводите номер настоящей карты.",
    number: "Номер карты",
    expiry: "Срок действия (ММ/ГГ)",
    code: "Код безопасности",
    pay: (amount) => `Оплатить ${amount}`,
    paying: "Секунду…",
    cards: "Тестовые карты",
    card: "Карта",
    does: "Что произойдёт",
    use: "Взять эту карту",
    succeeds: "Оплата пройдёт сразу.",
    declines: "Банк отклонит оплату.",
    lacks_funds: "На карте не хватит денег.",
    asks_the_buyer: "Банк сначала спросит вас.",
    succeeds_late: "Оплата пройдёт примерно через полминуты.",
    refund_pending: "Оплата пройдёт сразу. Возврат на эту карту дойдёт не сразу.",
    refund_bounces: "Оплата пройдёт сразу. Возврат на эту карту позже вернётся: карта закрыта.",
    disputes_as_fraud: "Оплата пройдёт сразу. Позже банк отзовёт деньги: платил не владелец карты.",
    disputes_as_not_received: "Оплата пройдёт сразу. Позже банк отзовёт деньги: товар не пришёл.",
    bank_inquires: "Оплата пройдёт сразу. Позже банк пришлёт запрос, но деньги пока не отзовёт.",
    paid: "Оплачено. Возвращаем вас к заказу.",
    processing: "Банк ещё обрабатывает платёж. Ничего не потеряется: заказ обновится сам, как только придут деньги.",
    over: "С этим платежом уже всё решено. Возвращаем вас к заказу.",
    askTitle: "Банк спрашивает: это были вы?",
    askText: (amount) => `Кто-то хочет оплатить ${amount} вашей картой.`,
    approve: "Да, это я",
    refuse: "Нет, отклонить",
    card_declined: "Банк отклонил карту. Деньги не списаны; попробуйте другую.",
    insufficient_funds: "На карте не хватает денег. Ничего не списано; попробуйте другую.",
    authentication_failed: "Платёж не подтверждён. Деньги не списаны; попробуйте ещё раз или другой картой.",
    expired_card: "Срок действия карты истёк. Попробуйте другую.",
    unknown_test_card: "Здесь работают только тестовые карты из таблицы.",
    invalid_expiry: "Напишите срок так: 12/34.",
    invalid_security_code: "В коде безопасности три или четыре цифры.",
    invalid_request: "В форме что-то не так. Проверьте её и попробуйте ещё раз.",
    payment_cancelled: "Платёж отменён: заказ отменили или вышло время. Деньги не списаны.",
    attempts_exhausted: "Слишком много попыток. Деньги не списаны; вернитесь к заказу и закажите заново.",
    payment_not_found: "Система не знает этого платежа. Вернитесь к заказу и попробуйте оттуда.",
    unreachable: "Платёжная система не отвечает. Ничего не потеряно: нажмите кнопку ещё раз, дважды не спишется.",
  },
};

const FIELDS = { unknown_test_card: "number", expired_card: "number", invalid_expiry: "expiry", invalid_security_code: "code" };
const OVER = new Set(["payment_already_succeeded", "payment_processing"]);

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function spaced(number) {
  return number.replace(/\D/g, "").slice(0, 19).replace(/(.{4})(?=.)/g, "$1 ");
}

class PaymentStep extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.words = WORDS[this.getAttribute("lang")] ?? WORDS.en;
    this.amount = this.getAttribute("amount") ?? "";
    this.said = made("div", { role: "status", "aria-live": "assertive" });
    this.form = this.makeForm();
    this.dialog = this.makeDialog();
    this.replaceChildren(this.makeWarning(), this.form, this.makeCards(), this.dialog);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.pay();
    });
  }

  makeWarning() {
    return made("div", { class: "note" }, made("p", { class: "small" }, this.words.pretended));
  }

  makeForm() {
    const field = (name, label, attributes, whole) => {
      const input = made("input", { id: `payment-${name}`, name, required: "", autocomplete: "off", inputmode: "numeric", ...attributes });
      const wrong = made("span", { class: "error", id: `payment-${name}-error` });
      wrong.hidden = true;
      return made("div", { class: whole ? "field whole" : "field" }, made("label", { for: input.id }, label), input, wrong);
    };
    this.button = made("button", { class: "button main wide" }, this.words.pay(this.amount));
    const form = made(
      "form",
      { class: "stack", novalidate: "" },
      this.said,
      made(
        "div",
        { class: "fields pair" },
        field("number", this.words.number, { maxlength: "23" }, true),
        field("expiry", this.words.expiry, { maxlength: "7", placeholder: "12/34" }),
        field("code", this.words.code, { maxlength: "4" }),
      ),
      this.button,
    );
    form.elements.number.addEventListener("input", ({ target }) => {
      if (target.selectionStart === target.value.length) target.value = spaced(target.value);
    });
    return form;
  }

  makeCards() {
    const row = ([number, behaviour]) => {
      const use = made("button", { type: "button", class: "button slim", "aria-label": `${this.words.use}: ${spaced(number)}` }, this.words.use);
      use.addEventListener("click", () => this.use(number));
      return made(
        "tr",
        {},
        made("td", {}, made("span", { class: "figures card-number" }, spaced(number)), made("br"), made("span", { class: "quiet" }, this.words[behaviour])),
        made("td", { class: "end" }, use),
      );
    };
    return made("div", { class: "scroll" }, made("table", { class: "test-cards" }, made("caption", {}, this.words.cards), made("tbody", {}, ...CARDS.map(row))));
  }

  makeDialog() {
    const answer = (outcome, label, look) => {
      const button = made("button", { type: "button", class: look, value: outcome }, label);
      button.addEventListener("click", () => this.answer(outcome));
      return button;
    };
    const dialog = made(
      "dialog",
      { class: "panel", "aria-labelledby": "payment-question" },
      made(
        "div",
        { class: "stack" },
        made("h2", { id: "payment-question" }, this.words.askTitle),
        made("p", {}, this.words.askText(this.amount)),
        made("div", { class: "row" }, answer("approve", this.words.approve, "button main"), answer("refuse", this.words.refuse, "button")),
      ),
    );
    return dialog;
  }

  use(number) {
    const { elements } = this.form;
    elements.number.value = spaced(number);
    elements.expiry.value = "12/34";
    elements.code.value = "123";
    this.clear();
    this.button.focus();
  }

  pay() {
    const { number, expiry, code } = this.form.elements;
    return this.send("confirm", { card_number: number.value, exp: expiry.value, cvc: code.value });
  }

  answer(outcome) {
    this.dialog.close();
    return this.send("authenticate", { outcome });
  }

  async send(verb, body) {
    this.clear();
    this.busy(true);
    const address = new URL(`payments/${encodeURIComponent(this.getAttribute("reference"))}/${verb}`, HERE);
    let answer;
    try {
      const response = await fetch(address, {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ client_secret: this.getAttribute("client-secret"), ...body }),
      });
      answer = await response.json();
    } catch {
      answer = { error: { code: "unreachable" } };
    }
    if (answer.error) this.refused(answer.error.code);
    else this.told(answer.status);
  }

  told(status) {
    if (status === "requires_action") {
      this.busy(false);
      this.dialog.showModal();
    } else if (status === "processing") {
      this.leave(this.words.processing, BACK_AFTER_MS);
    } else if (status === "succeeded") {
      this.leave(this.words.paid, 0);
    } else {
      this.refused("unreachable");
    }
  }

  refused(code) {
    if (OVER.has(code)) return this.leave(this.words.over, 0);
    this.busy(false);
    const sentence = this.words[code] ?? this.words.invalid_request;
    const input = this.form.elements[FIELDS[code]];
    if (input) {
      const wrong = this.querySelector(`#${input.id}-error`);
      wrong.textContent = sentence;
      wrong.hidden = false;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", wrong.id);
      input.focus();
    } else {
      this.say(sentence, "note bad");
    }
  }

  leave(sentence, after) {
    this.say(sentence, "note good");
    setTimeout(() => location.assign(this.getAttribute("return-url")), after);
  }

  say(sentence, look) {
    this.said.replaceChildren(made("div", { class: look }, made("p", {}, sentence)));
  }

  clear() {
    this.said.replaceChildren();
    for (const input of this.form.querySelectorAll("input")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      this.querySelector(`#${input.id}-error`).hidden = true;
    }
  }

  busy(is) {
    this.button.disabled = is;
    this.button.textContent = is ? this.words.paying : this.words.pay(this.amount);
  }
}

if (!customElements.get("payment-step")) customElements.define("payment-step", PaymentStep);
