//! A sample of every page of accounts in every state.

use super::notices::NOTICES;
use super::view::{
    Confirm, ConfirmMail, Data, Device, Erase, Errors, Forgot, Language, NewMail, NewPassword,
    Newsletter, Profile, Reset, Said, Sent, SignIn, SignUp,
};
use crate::passwords::{LONGEST, SHORTEST};
use crate::samples::{HOSTILE, Render};
use crate::view::To;
use crate::wanted::Wanted;

fn errors() -> [Errors; 3] {
    [
        Errors::default(),
        Errors {
            mail: Some("account-error-mail"),
            password: Some("account-error-password-short"),
            form: None,
        },
        Errors {
            form: Some("account-wrong"),
            ..Errors::default()
        },
    ]
}

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    let to = Wanted::new("/stories/a?b=c", "/-/").map(To::from);
    for errors in errors() {
        render.render(&SignIn {
            mail: HOSTILE.to_owned(),
            to: to.clone(),
            errors,
        });
        render.render(&SignUp {
            mail: HOSTILE.to_owned(),
            name: HOSTILE.to_owned(),
            to: to.clone(),
            least: SHORTEST,
            most: LONGEST,
            has_newsletter: true,
            newsletter: true,
            errors,
        });
        render.render(&Forgot {
            mail: HOSTILE.to_owned(),
            to: to.clone(),
            errors,
        });
        render.render(&Reset {
            key: HOSTILE.to_owned(),
            least: SHORTEST,
            most: LONGEST,
            errors,
        });
        for (is_new, asks_password) in [(false, false), (true, false), (true, true)] {
            render.render(&Confirm {
                key: HOSTILE.to_owned(),
                is_new,
                asks_password,
                errors,
            });
        }
    }
    render.render(&SignIn::default());
    render.render(&SignUp::default());
    for only_here in [false, true] {
        render.render(&Sent {
            mail: HOSTILE.to_owned(),
            minutes: 10,
            only_here,
        });
    }
    settings(render);
    for notice in NOTICES {
        render.render(notice);
    }
}

/// A device, as the account's page lists it.
pub(crate) fn device(label: &str, is_this: bool) -> Device {
    Device {
        id: "00".repeat(16),
        label: label.to_owned(),
        seen: "2026-11-12".to_owned(),
        is_this,
    }
}

/// What is set by whoever is signed in.
fn settings(render: &mut impl Render) {
    render.render(&Profile {
        name: HOSTILE.to_owned(),
        languages: vec![Language {
            tag: HOSTILE.to_owned(),
            name: HOSTILE.to_owned(),
            is_chosen: true,
        }],
    });
    render.render(&Newsletter::default());
    for wants in [false, true] {
        let said = |is_given, how: &str| Said {
            day: "2026-11-12".to_owned(),
            is_given,
            how: how.to_owned(),
        };
        render.render(&Newsletter {
            mail: HOSTILE.to_owned(),
            wants,
            is_offered: true,
            said: vec![
                said(true, "web"),
                said(false, "web"),
                said(true, "import"),
                said(true, HOSTILE),
            ],
        });
    }
    for (asks_password, hindrance, error) in [
        (true, None, None),
        (true, None, Some("account-error-password-wrong")),
        (false, None, None),
        (false, Some("account-error-stale"), None),
    ] {
        render.render(&NewPassword {
            asks_password,
            hindrance,
            least: SHORTEST,
            most: LONGEST,
            errors: Errors {
                password: error,
                ..Errors::default()
            },
            new_error: error.and(Some("account-error-password-short")),
        });
        render.render(&NewMail {
            now: HOSTILE.to_owned(),
            is_unconfirmed: asks_password,
            mail: HOSTILE.to_owned(),
            asks_password,
            hindrance,
            errors: Errors {
                mail: error.and(Some("account-error-mail-same")),
                password: error,
                form: None,
            },
        });
        render.render(&Data {
            asks_password,
            hindrance,
            error,
        });
        render.render(&Erase {
            ends: vec![HOSTILE.to_owned()],
            asks_password,
            hindrance,
            error,
            sure_error: error.and(Some("account-error-sure")),
        });
    }
    render.render(&Erase::default());
    render.render(&ConfirmMail::default());
    for (asks_password, error) in [
        (false, None),
        (true, None),
        (true, Some("account-error-missing")),
    ] {
        render.render(&ConfirmMail {
            key: HOSTILE.to_owned(),
            account: Some(HOSTILE.to_owned()),
            asks_password,
            errors: Errors {
                password: error,
                ..Errors::default()
            },
        });
    }
}
