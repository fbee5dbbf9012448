//! What accounts ask for.

use prompts::{Arg, DateStyle};

use super::{Pen, terms};
use crate::account::{Change, Delivery, Letter, LetterKind};
use crate::plain;
use crate::sheet::Sheet;

pub(super) fn letter(pen: &Pen<'_>, letter: &Letter) -> Sheet {
    if let Some(delivery) = &letter.delivery {
        return delivered(pen, delivery);
    }
    let words = Words::of(letter.kind);
    let why = match letter.kind {
        LetterKind::PasswordChanged | LetterKind::AddressChanged | LetterKind::Delivery => {
            "letter-why-reader"
        }
        LetterKind::Invitation => "letter-why-told",
        _ => "letter-why-typed",
    };
    let invitation = letter.invitation.as_ref();
    let giver = invitation.and_then(|one| plain::name(one.giver.as_deref()?));
    let title = match &giver {
        Some(giver) => pen.say_with("letter-seat-title-by", &[("giver", Arg::Text(giver))]),
        None => pen.say(words.title),
    };
    let mut sheet = Sheet::new(title, pen.say(why)).text(pen.say(words.text));
    if let Some(about) = &letter.about {
        let account = [("account", Arg::Text(about))];
        sheet = sheet.text(pen.say_with("letter-new-address-account", &account));
    }
    if let (Some(button), Some(link)) = (words.button, &letter.link) {
        sheet = sheet.button(pen.say(button), link.clone());
    }
    if let Some(invitation) = invitation {
        let grants = invitation.grants.iter().map(String::as_str);
        sheet = sheet.with_all(terms::entitles(pen, grants, "letter-gives"));
    }
    if words.is_limited {
        let minutes = [("minutes", Arg::Number(letter.minutes.into()))];
        sheet = sheet.small(pen.say_with("letter-link-minutes", &minutes));
    }
    if words.only_here {
        sheet = sheet.small(pen.say("letter-link-here"));
    }
    sheet = sheet.small(pen.say(words.not_you));
    if letter.link.is_some() {
        sheet.curt()
    } else {
        sheet
    }
}

/// What was arranged of a delivery, and where it is seen and taken back.
fn delivered(pen: &Pen<'_>, delivery: &Delivery) -> Sheet {
    let Delivery {
        of,
        change,
        first,
        last,
        is_late,
    } = delivery;
    let is_one_day = *last == Some(*first);
    let (title, text) = match (change, last) {
        (Change::Suspended, _) if is_one_day => (
            "letter-delivery-suspended-title",
            "letter-delivery-suspended-day",
        ),
        (Change::Suspended, _) => (
            "letter-delivery-suspended-title",
            "letter-delivery-suspended",
        ),
        (Change::Elsewhere { .. }, _) if is_one_day => (
            "letter-delivery-elsewhere-title",
            "letter-delivery-elsewhere-day",
        ),
        (Change::Elsewhere { .. }, Some(_)) => (
            "letter-delivery-elsewhere-title",
            "letter-delivery-elsewhere",
        ),
        (Change::Elsewhere { .. }, None) => (
            "letter-delivery-elsewhere-title",
            "letter-delivery-for-good",
        ),
        (Change::Back, _) => ("letter-delivery-back-title", "letter-delivery-back"),
    };
    let day = |day| Arg::Date(day, DateStyle::Full);
    let days = [
        ("first", day(*first)),
        ("last", day(last.unwrap_or(*first))),
    ];
    let mut sheet = pen
        .reader_sheet(pen.say(title))
        .text(pen.say_with(text, &days));
    if let Change::Elsewhere { town } = change
        && let Some(town) = plain::name(town)
    {
        sheet = sheet.rows(vec![pen.row("letter-delivery-town", &town)]);
    }
    if *is_late {
        sheet = sheet.text(pen.say("letter-delivery-late"));
    }
    sheet
        .button(pen.say("letter-delivery-button"), pen.places.delivery(*of))
        .small(pen.say("letter-delivery-not-you"))
}

/// The messages of one kind.
struct Words {
    title: &'static str,
    text: &'static str,
    button: Option<&'static str>,
    /// Whether the link is good for some minutes, and once.
    is_limited: bool,
    /// Whether it works in one browser only.
    only_here: bool,
    not_you: &'static str,
}

impl Words {
    fn new(title: &'static str, text: &'static str, button: Option<&'static str>) -> Self {
        Self {
            title,
            text,
            button,
            is_limited: button.is_some(),
            only_here: false,
            not_you: "letter-not-you",
        }
    }

    /// The link signs in where it was asked for.
    fn signing_in(title: &'static str, text: &'static str, button: &'static str) -> Self {
        Self {
            only_here: true,
            ..Self::new(title, text, Some(button))
        }
    }

    fn of(kind: LetterKind) -> Self {
        match kind {
            LetterKind::SignIn => Self::signing_in(
                "letter-sign-in-title",
                "letter-sign-in",
                "letter-sign-in-button",
            ),
            LetterKind::SignUp => Self::signing_in(
                "letter-sign-up-title",
                "letter-sign-up",
                "letter-sign-up-button",
            ),
            LetterKind::AlreadyThere => Self::signing_in(
                "letter-already-there-title",
                "letter-already-there",
                "letter-sign-in-button",
            ),
            LetterKind::Confirm => Self::new(
                "letter-confirm-title",
                "letter-confirm",
                Some("letter-confirm-button"),
            ),
            LetterKind::Reset => Self::new(
                "letter-reset-title",
                "letter-reset",
                Some("letter-reset-button"),
            ),
            // This link leads to where one signs up, and nothing is in it.
            LetterKind::NoAccount => Self {
                is_limited: false,
                ..Self::new(
                    "letter-no-account-title",
                    "letter-no-account",
                    Some("letter-no-account-button"),
                )
            },
            LetterKind::Closed => Self {
                not_you: "letter-closed-not-you",
                ..Self::new("letter-closed-title", "letter-closed", None)
            },
            LetterKind::PasswordChanged => Self {
                not_you: "letter-password-changed-not-you",
                ..Self::new(
                    "letter-password-changed-title",
                    "letter-password-changed",
                    None,
                )
            },
            LetterKind::NewAddress => Self::new(
                "letter-new-address-title",
                "letter-new-address",
                Some("letter-confirm-button"),
            ),
            LetterKind::AddressChanged => Self {
                not_you: "letter-address-changed-not-you",
                ..Self::new(
                    "letter-address-changed-title",
                    "letter-address-changed",
                    None,
                )
            },
            LetterKind::Delivery => Self {
                not_you: "letter-delivery-not-you",
                ..Self::new("letter-delivery-title", "letter-delivery", None)
            },
            // As long as the seat is kept, and whoever asked doesn't read it.
            LetterKind::Invitation => Self {
                is_limited: false,
                not_you: "letter-seat-not-you",
                ..Self::new(
                    "letter-seat-title",
                    "letter-seat",
                    Some("letter-seat-button"),
                )
            },
        }
    }
}
