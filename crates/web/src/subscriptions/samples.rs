//! A sample of every page of this room in every state.

use super::view::{
    Account, Ask, Card, Day, Deliver, Fields, Gift, Gifts, Invitation, Invoice, InvoiceLine,
    InvoiceLink, InvoiceTax, Invoices, Link, Named, Party, Pay, Payment, Plan, Plans, Row, Seat,
    Seats, SeatsNumber, Sending, Stay,
};
use crate::accounts::samples::device;
use crate::samples::{HOSTILE, Render};
use crate::shop::samples::{SCRIPT, STRIPE};
use crate::shop::view::{CountryName, Errors, KnownCard, Typed};

/// Shows every sample to `render`.
pub(crate) fn all(render: &mut impl Render) {
    render.render(&Account::default());
    let states = [
        "unpaid", "trial", "active", "trouble", "paused", "ending", "ended",
    ];
    render.render(&Account {
        mail: HOSTILE.to_owned(),
        name: Some(HOSTILE.to_owned()),
        done: Some(HOSTILE.to_owned()),
        own: states.into_iter().map(card).collect(),
        seats: vec![Card {
            acts: Vec::new(),
            rows: Vec::new(),
            ..card("active")
        }],
        open: [true, false].map(open).to_vec(),
        sells: true,
        gives: true,
        gift_links: true,
        newsletter: true,
        app: true,
        feeds: true,
        history: true,
        devices: vec![device("", true), device(HOSTILE, false)],
    });
    render.render(&Ask::default());
    render.render(&Ask {
        refused: Some(HOSTILE.to_owned()),
        ..Ask::default()
    });
    for error in [None, Some(HOSTILE.to_owned())] {
        render.render(&ask(error));
    }
    paying(render);
    seats(render);
    for state in ["open", "yours", "over"] {
        for is_known in [false, true] {
            render.render(&Invitation {
                state,
                why: HOSTILE.to_owned(),
                name: HOSTILE.to_owned(),
                benefits: vec![HOSTILE.to_owned()],
                of: HOSTILE.to_owned(),
                seat: HOSTILE.to_owned(),
                mail: HOSTILE.to_owned(),
                back: (!is_known).then(|| HOSTILE.to_owned()),
            });
        }
    }
    render.render(&Plans::default());
    render.render(&Plans {
        now: HOSTILE.to_owned(),
        list: vec![Plan {
            id: "bundle-monthly".to_owned(),
            name: HOSTILE.to_owned(),
            rate: HOSTILE.to_owned(),
            benefits: vec![HOSTILE.to_owned()],
            now: HOSTILE.to_owned(),
            then: HOSTILE.to_owned(),
        }],
    });
    render.render(&Invoices::default());
    render.render(&Invoices {
        list: vec![InvoiceLink {
            id: HOSTILE.to_owned(),
            number: HOSTILE.to_owned(),
            kind: HOSTILE.to_owned(),
            date: HOSTILE.to_owned(),
            total: HOSTILE.to_owned(),
        }],
    });
    render.render(&invoice());
    gifts(render);
}

fn seats(render: &mut impl Render) {
    render.render(&Seats::default());
    for error in [None, Some("account-error-mail")] {
        render.render(&Seats {
            id: HOSTILE.to_owned(),
            done: Some("subscription-seat-invited"),
            refused: Some(HOSTILE.to_owned()),
            taken: HOSTILE.to_owned(),
            list: [
                (Some(HOSTILE.to_owned()), false),
                (None, true),
                (None, false),
            ]
            .into_iter()
            .map(|(who, is_invited)| Seat {
                id: HOSTILE.to_owned(),
                who,
                is_invited,
            })
            .collect(),
            more: 3,
            is_open: true,
            pays_only: true,
            form: HOSTILE.to_owned(),
            mail: HOSTILE.to_owned(),
            error,
            domains: vec![HOSTILE.to_owned()],
            networks: vec![HOSTILE.to_owned()],
            number: Some(SeatsNumber {
                offer: HOSTILE.to_owned(),
                now: 3,
                least: 2,
                most: 50,
            }),
        });
    }
}

fn gifts(render: &mut impl Render) {
    render.render(&Gifts::default());
    render.render(&Gifts {
        done: Some("subscription-gift-sent"),
        sends: true,
        list: ["ready", "unpaid"]
            .into_iter()
            .map(|state| Gift {
                id: "gift_0".to_owned(),
                name: HOSTILE.to_owned(),
                state,
                badge: HOSTILE.to_owned(),
                says: vec![HOSTILE.to_owned()],
                to: Some(HOSTILE.to_owned()),
            })
            .collect(),
    });
    render.render(&Gifts {
        done: Some("subscription-gift-given-up"),
        ..Gifts::default()
    });
    for is_open in [false, true] {
        render.render(&Sending {
            id: "gift_0".to_owned(),
            name: HOSTILE.to_owned(),
            says: vec![HOSTILE.to_owned()],
            code: is_open.then(|| HOSTILE.to_owned()),
            warns: (!is_open).then(|| HOSTILE.to_owned()),
            acts: vec![link(true), link(false)],
            can_give_up: !is_open,
            is_open,
            mail: HOSTILE.to_owned(),
            error: is_open.then_some("account-error-mail"),
            refused: Some("subscription-gift-sent-too-often"),
        });
    }
}

fn paying(render: &mut impl Render) {
    for failed in [false, true] {
        let error = failed.then_some("shop-card-number-wrong");
        let errors = Errors {
            card_number: error,
            post_city: failed.then_some("account-error-missing"),
            country: failed.then_some("shop-country-missing"),
            ..Errors::default()
        };
        for entry in ["sandbox", "stripe"] {
            render.render(&Pay {
                id: HOSTILE.to_owned(),
                title: HOSTILE.to_owned(),
                says: vec![HOSTILE.to_owned()],
                refused: failed.then(|| HOSTILE.to_owned()),
                button: HOSTILE.to_owned(),
                is_open: true,
                confirm: failed.then(|| HOSTILE.to_owned()),
                failed,
                cards: vec![known()],
                typed: Typed::default(),
                errors,
                entry,
                script: SCRIPT.to_owned(),
                stripe: STRIPE.to_owned(),
                key: HOSTILE.to_owned(),
            });
        }
        render.render(&Deliver {
            id: HOSTILE.to_owned(),
            name: HOSTILE.to_owned(),
            says: "subscription-address-says",
            hidden: vec![("offer", HOSTILE.to_owned())],
            refused: failed.then(|| HOSTILE.to_owned()),
            failed,
            typed: Typed {
                post_name: HOSTILE.to_owned(),
                ..Typed::default()
            },
            errors,
            countries: vec![country()],
        });
    }
    render.render(&Pay::default());
    render.render(&Payment::default());
    render.render(&Payment {
        done: true,
        refused: Some(HOSTILE.to_owned()),
        list: vec![card("trouble")],
        cards: vec![known()],
    });
    render.render(&Named::default());
    render.render(&Named {
        done: true,
        is_known: true,
        refused: Some("subscription-billing-needed"),
        failed: true,
        typed: Typed {
            business_name: HOSTILE.to_owned(),
            vat: HOSTILE.to_owned(),
            ..Typed::default()
        },
        errors: Errors {
            vat: Some("subscription-billing-vat-needed"),
            country: Some("shop-country-missing"),
            ..Errors::default()
        },
        countries: vec![country()],
    });
}

fn known() -> KnownCard {
    KnownCard {
        id: HOSTILE.to_owned(),
        label: HOSTILE.to_owned(),
        until: HOSTILE.to_owned(),
    }
}

fn country() -> CountryName {
    CountryName {
        code: "DE".to_owned(),
        name: HOSTILE.to_owned(),
    }
}

fn open(can_join: bool) -> Card {
    Card {
        acts: Vec::new(),
        rows: Vec::new(),
        can_join,
        ..card("open")
    }
}

fn card(state: &'static str) -> Card {
    Card {
        id: format!("sub_{state}"),
        name: HOSTILE.to_owned(),
        state,
        badge: HOSTILE.to_owned(),
        says: vec![HOSTILE.to_owned(); 2],
        warns: Some(HOSTILE.to_owned()),
        rows: vec![Row {
            label: HOSTILE.to_owned(),
            value: HOSTILE.to_owned(),
        }],
        benefits: vec![HOSTILE.to_owned()],
        can_join: false,
        can_leave: state == "active",
        acts: [true, false].map(link).to_vec(),
    }
}

fn link(is_first: bool) -> Link {
    Link {
        to: HOSTILE.to_owned(),
        text: HOSTILE.to_owned(),
        is_first,
    }
}

fn ask(error: Option<String>) -> Ask {
    Ask {
        title: HOSTILE.to_owned(),
        refused: None,
        says: vec![HOSTILE.to_owned()],
        fields: Fields {
            reasons: vec![("price", HOSTILE.to_owned())],
            stay: Some(Stay {
                headline: HOSTILE.to_owned(),
                small_print: Some(HOSTILE.to_owned()),
                to: HOSTILE.to_owned(),
            }),
            day: Some(Day {
                label: HOSTILE.to_owned(),
                hint: HOSTILE.to_owned(),
                value: HOSTILE.to_owned(),
                least: "2026-11-13".to_owned(),
                most: "2027-02-10".to_owned(),
                error,
            }),
            other: Some(("refuse", HOSTILE.to_owned())),
        },
        answer: Some("accept"),
        to: Some(HOSTILE.to_owned()),
        hidden: vec![("mark", HOSTILE.to_owned())],
        button: HOSTILE.to_owned(),
        also: Some(link(false)),
        back: "account".to_owned(),
    }
}

fn invoice() -> Invoice {
    let party = Party {
        name: HOSTILE.to_owned(),
        address: vec![HOSTILE.to_owned()],
        country: "DE".to_owned(),
        vat_id: Some(HOSTILE.to_owned()),
    };
    Invoice {
        title: HOSTILE.to_owned(),
        number: HOSTILE.to_owned(),
        date: HOSTILE.to_owned(),
        corrects: Some(HOSTILE.to_owned()),
        seller: party.clone(),
        buyer: party,
        lines: vec![InvoiceLine {
            what: HOSTILE.to_owned(),
            when: Some(HOSTILE.to_owned()),
            quantity: "1".to_owned(),
            rate: HOSTILE.to_owned(),
            net: HOSTILE.to_owned(),
        }],
        net: HOSTILE.to_owned(),
        taxes: vec![InvoiceTax {
            what: HOSTILE.to_owned(),
            amount: HOSTILE.to_owned(),
        }],
        total: HOSTILE.to_owned(),
        notes: vec![HOSTILE.to_owned()],
    }
}
