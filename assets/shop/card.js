// Enters a card, or confirms a charge, with Stripe's own elements. The number
// goes to Stripe; a form of ours only learns the name of what was set up there.
(() => {
  'use strict';

  const form = document.getElementById('checkout');
  const bank = document.getElementById('bank');
  const place = document.getElementById('stripe-card');
  const language = { locale: document.documentElement.lang };

  const confirmCharge = () => {
    const stripe = window.Stripe(bank.dataset.key, language);
    const { secret, method } = bank.dataset;
    // A charge that was refused for want of its reader has no card any more.
    const card = method ? [{ payment_method: method }] : [];
    let confirming = false;
    bank.addEventListener('submit', async (event) => {
      // Who pays with another card has nothing to confirm.
      if (event.submitter && event.submitter.name === 'other') return;
      event.preventDefault();
      if (confirming) return;
      confirming = true;
      // Whatever it says here: what became of it is asked of Stripe by the server.
      try {
        await stripe.confirmCardPayment(secret, ...card);
      } finally {
        bank.submit();
      }
    });
  };

  const enterCard = () => {
    const error = document.getElementById('stripe-error');
    const say = (text) => {
      error.textContent = text || '';
    };
    const wantsNew = () => {
      const chosen = form.querySelector('input[name="method"]:checked');
      return !chosen || chosen.value === 'new';
    };

    // What is begun at Stripe's for this page; once, however often it is tried.
    let begun;
    const begin = () => {
      begun ||= (async () => {
        const token = form.elements.token.value;
        const response = await fetch(form.dataset.card, {
          method: 'POST',
          credentials: 'same-origin',
          body: new URLSearchParams({ token }),
        });
        if (!response.ok) throw response;
        return response.json();
      })();
      begun.catch(() => {
        begun = undefined;
      });
      return begun;
    };
    const fails = (why) => {
      const many = why && why.status === 429;
      say((many && form.dataset.many) || form.dataset.failed);
    };

    // The field. It needs the publication's key alone; nothing is begun at
    // Stripe's by who only looks at the page.
    let shown;
    const show = () => {
      shown ||= (async () => {
        const key = form.dataset.key || (await begin()).key;
        const stripe = window.Stripe(key, language);
        const look = getComputedStyle(document.body);
        const hint = document.querySelector('.hint') || document.body;
        const card = stripe.elements(language).create('card', {
          hidePostalCode: true,
          style: {
            base: {
              color: look.color,
              fontFamily: look.fontFamily,
              fontSize: '17px',
              iconColor: look.color,
              '::placeholder': { color: getComputedStyle(hint).color },
            },
          },
        });
        place.textContent = '';
        card.mount(place);
        card.on('change', (event) => say(event && event.error && event.error.message));
        return { stripe, card };
      })();
      shown.catch((why) => {
        shown = undefined;
        fails(why);
      });
      return shown;
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
        const { stripe, card } = await show();
        const { setup, secret } = await begin();
        const done = await stripe.confirmCardSetup(secret, { payment_method: { card } });
        if (done.error) {
          say(done.error.message);
          if (card.focus) card.focus();
          return;
        }
        form.elements.setup.value = setup;
        form.submit();
      } catch (why) {
        fails(why);
      } finally {
        sending = false;
      }
    });

    form.addEventListener('change', () => {
      if (wantsNew()) show();
    });
    place.textContent = place.dataset.loading;
    if (wantsNew()) show();
  };

  // Something keeps Stripe's script away: then it says here what is said to who
  // allows no scripts at all.
  const sayWhatIsMissing = () => {
    for (const needed of document.querySelectorAll('#stripe-card noscript, #bank noscript')) {
      needed.replaceWith(needed.textContent);
    }
  };

  if (!window.Stripe) {
    sayWhatIsMissing();
    return;
  }
  if (bank) confirmCharge();
  if (form && place) enterCard();
})();
