// Prompts are whole without this script. It adds three comforts: a notice can
// be closed, and stays closed until the browser is; on small screens it stays
// in sight; and a wall learns the colour of the paper it stands on.
(() => {
  'use strict';

  const KEY = 'ludgate-closed';

  // Some browsers refuse storage altogether. A notice then closes once.
  const closed = () => {
    try {
      return (sessionStorage.getItem(KEY) || '').split(' ');
    } catch {
      return [];
    }
  };

  const remember = (name) => {
    try {
      sessionStorage.setItem(KEY, [...new Set([...closed(), name])].join(' ').trim());
    } catch {
      // See above.
    }
  };

  // Focus would be lost with the button that had it: it goes to the story.
  const focusOn = (place) => {
    if (!place.hasAttribute('tabindex')) {
      place.setAttribute('tabindex', '-1');
      place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
    }
    place.focus({ preventScroll: true });
  };

  const wireNotice = (notice) => {
    const name = notice.dataset.ludgateNotice;
    const bar = notice.querySelector('.ludgate-bar');
    const button = notice.querySelector('.ludgate-close');
    if (closed().includes(name)) {
      notice.hidden = true;
      return;
    }
    let watch;
    if (bar && 'ludgateStick' in notice.dataset && 'IntersectionObserver' in window) {
      watch = new IntersectionObserver(([seen]) => {
        const passed = !seen.isIntersecting && seen.boundingClientRect.top < 0;
        notice.style.minBlockSize = passed ? `${seen.boundingClientRect.height}px` : '';
        bar.classList.toggle('ludgate-stuck', passed);
      });
      watch.observe(notice);
    }
    if (button) {
      button.hidden = false;
      button.addEventListener('click', () => {
        remember(name);
        if (watch) watch.disconnect();
        notice.hidden = true;
        if (notice.parentElement) focusOn(notice.parentElement);
      });
    }
  };

  // The colour behind an element; '' where a picture is there.
  const paperBehind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (backgroundImage !== 'none') return '';
      const parts = backgroundColor.match(/^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/);
      if (!parts) return '';
      if (parts[4] === undefined) return backgroundColor;
      if (parts[4] !== '0') return '';
    }
    return 'Canvas';
  };

  const isDark = (colour) => {
    const [r, g, b] = colour.match(/\d+/g).map(Number);
    return r * 0.3 + g * 0.59 + b * 0.11 < 110;
  };

  const tint = (slot) => {
    slot.style.removeProperty('--ludgate-paper');
    slot.style.removeProperty('color-scheme');
    if (getComputedStyle(slot).getPropertyValue('--ludgate-paper').trim()) return;
    const paper = paperBehind(slot);
    if (!paper) return;
    slot.style.setProperty('--ludgate-paper', paper);
    if (paper !== 'Canvas') slot.style.colorScheme = isDark(paper) ? 'dark' : 'light';
  };

  const slots = [...document.querySelectorAll('.ludgate-notice, .ludgate-wall')];
  slots.forEach((slot) => {
    tint(slot);
    if (slot.matches('.ludgate-notice')) wireNotice(slot);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => slots.forEach(tint));
})();
