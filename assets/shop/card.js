// Enters a card, or confirms a charge, with Stripe's own elements. The number
// goes to Stripe; a form of ours only learns the name of what was set up there.
(() => {
  'use strict';

  const form = document.getElementById('checkout');
  const bank = document.getElementById('bank');

  const confirmCharge = () => {
    const stripe = window.Stripe(bank.dataset.key);
    let confirming = false;
    bank.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (confirming) return;
      confirming = true;
      // Whatever it says here: what became of it is asked of Stripe by the server.
      try {
        await stripe.confirmCardPayment(bank.dataset.secret);
      } finally {
        bank.submit();
      }
    });
  };

  const enterCard = () => {
    const place = document.getElementById('stripe-card');
    const error = document.getElementById('stripe-error');
    const say = (text) => {
      error.textContent = text || '';
    };
    const fails = () => say(form.dataset.failed);
    const wantsNew = () => {
      const chosen = form.querySelector('input[name="method"]:checked');
      return !chosen || chosen.value === 'new';
    };
    let begun;

    // Once, when it is wanted: each begins something at Stripe's.
    const begin = () => {
      begun ||= (async () => {
        const token = form.elements.token.value;
        const response = await fetch(form.dataset.card, {
          method: 'POST',
          credentials: 'same-origin',
          body: new URLSearchParams({ token }),
        });
        if (!response.ok) throw new Error('no setup');
        const { setup, key, secret } = await response.json();
        const stripe = window.Stripe(key);
        const look = getComputedStyle(document.body);
        const card = stripe.elements().create('card', {
          hidePostalCode: true,
          style: {
            base: {
              color: look.color,
              fontFamily: look.fontFamily,
              fontSize: '17px',
              iconColor: look.color,
              '::placeholder': { color: look.color },
            },
          },
        });
        place.textContent = '';
        card.mount(place);
        card.on('change', (event) => say(event && event.error && event.error.message));
        return { stripe, card, setup, secret };
      })();
      begun.catch(() => {
        begun = undefined;
        fails();
      });
      return begun;
    };

    let sending = false;
    form.addEventListener('submit', async (event) => {
      const plain = event.submitter && event.submitter.name === 'update';
      if (plain || !wantsNew()) return;
      event.preventDefault();
      if (sending) return;
      sending = true;
      say('');
      try {
        const { stripe, card, setup, secret } = await begin();
        const done = await stripe.confirmCardSetup(secret, { payment_method: { card } });
        if (done.error) {
          say(done.error.message);
          if (card.focus) card.focus();
          return;
        }
        form.elements.setup.value = setup;
        form.submit();
      } catch {
        fails();
      } finally {
        sending = false;
      }
    });

    form.addEventListener('change', () => {
      if (wantsNew()) begin();
    });
    place.textContent = place.dataset.loading;
    if (wantsNew()) begin();
  };

  if (!window.Stripe) return;
  if (bank) confirmCharge();
  if (form && document.getElementById('stripe-card')) enterCard();
})();
