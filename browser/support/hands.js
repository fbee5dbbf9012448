// By what a reader presses and writes: a mouse, a finger, or the keys alone.

import assert from 'node:assert/strict';

/** More stops than any page has. */
const MOST_STOPS = 150;

/** A mouse. */
export const mouse = () => ({
  press: (control) => control.click(),
  tick: (box) => box.check(),
  write: (field, text) => field.fill(text),
});

/** A finger. */
export const finger = () => ({
  press: (control) => control.tap(),
  tick: (box) => box.tap(),
  write: async (field, text) => {
    await field.tap();
    await field.fill(text);
  },
});

/** The keys alone: what can't be reached by Tab can't be pressed. */
export const keys = (page) => {
  const has = (control) => control.evaluate((it) => it === document.activeElement);
  const reach = async (control) => {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await has(control)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`no key leads to ${control}`);
  };
  return {
    press: async (control) => {
      await reach(control);
      await page.keyboard.press('Enter');
    },
    tick: async (box) => {
      // Between radio buttons one goes by the arrows.
      const isRadio = (await box.getAttribute('type')) === 'radio';
      if (!isRadio) {
        await reach(box);
        await page.keyboard.press('Space');
        return;
      }
      const chosen = page.locator(`input[name="${await box.getAttribute('name')}"]:checked`);
      await reach(chosen);
      for (let stop = 0; stop < MOST_STOPS && !(await box.isChecked()); stop += 1) {
        await page.keyboard.press('ArrowDown');
      }
    },
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.type(text);
    },
  };
};
