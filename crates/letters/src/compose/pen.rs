//! Messages, days and amounts in the words of one locale.

use access::{Price, Span};
use commerce::money::Money;
use jiff::civil::Date;
use prompts::{Arg, DateStyle, Locale, Messages};

use crate::places::Places;
use crate::sheet::{Row, Sheet};

/// Who puts letters into words.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    pub(crate) messages: &'a Messages,
    pub(crate) locale: &'a Locale,
    pub(crate) publication: &'a str,
    pub(crate) places: &'a Places,
}

impl Pen<'_> {
    /// A message.
    pub(crate) fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message that is told something.
    pub(crate) fn say_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let publication = [("publication", Arg::Text(self.publication))];
        self.messages
            .text(self.locale, key, &[&publication, args].concat())
    }

    /// A message about a day, by the name that it has there.
    pub(crate) fn say_day(&self, key: &str, name: &str, day: Date) -> String {
        self.say_with(key, &[(name, Arg::Date(day, DateStyle::Full))])
    }

    /// A message about an amount.
    pub(crate) fn say_amount(&self, key: &str, amount: Money) -> String {
        self.say_with(key, &[("amount", Arg::Text(&self.money(amount)))])
    }

    /// A day: "1 December 2026".
    pub(crate) fn day(&self, day: Date) -> String {
        self.messages.date(self.locale, day, DateStyle::Full)
    }

    /// From a day to another.
    pub(crate) fn span(&self, from: Date, to: Date) -> String {
        let day = |day| Arg::Date(day, DateStyle::Full);
        self.say_with("letter-span", &[("from", day(from)), ("to", day(to))])
    }

    /// An amount: "$9.00", "−$9.00".
    pub(crate) fn money(&self, money: Money) -> String {
        let said = self.price(money.size());
        if money.is_negative() {
            return self.say_with("letter-less", &[("amount", Arg::Text(&said))]);
        }
        said
    }

    /// A price: "$9.00".
    pub(crate) fn price(&self, price: Price) -> String {
        self.messages.price(self.locale, price)
    }

    /// A price that is paid again and again.
    pub(crate) fn rate(&self, price: Price, every: Span) -> String {
        self.messages.rate(self.locale, price, every)
    }

    /// A fact with its name.
    pub(crate) fn row(&self, key: &str, value: &str) -> Row {
        Row {
            label: self.say(key),
            value: self.by_itself(value),
        }
    }

    /// What stands by itself, kept together where it runs against the page:
    /// names of others, amounts in the letters of another script.
    pub(crate) fn by_itself(&self, value: &str) -> String {
        self.say_with("letter-value", &[("value", Arg::Text(value))])
    }

    /// A letter to somebody with an account.
    pub(crate) fn reader_sheet(&self, title: String) -> Sheet {
        Sheet::new(title, self.say("letter-why-reader"))
    }

    /// The button to the account.
    pub(crate) fn account_button(&self, sheet: Sheet) -> Sheet {
        sheet.button(self.say("letter-account-button"), self.places.account())
    }
}
