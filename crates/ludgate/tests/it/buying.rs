//! What is bought opens, and what is refunded closes, at the next request.

use std::sync::Arc;
use std::time::Instant;

use access::Country;
use billing::{
    Agreement, Billing, Bought, CardEntered, Chosen, Clock, FormToken, NotSent, Parcel, Parts,
    Post, Purchase, Sales, Sending, Who, Wish, World,
};
use commerce::address::PostalAddress;
use commerce::calendar::{Interval, Zone};
use commerce::catalog::{
    Caps, Catalog, Offer, OfferAudience, Plan, Product, Scope, Seating, Term, Window,
};
use commerce::ids::{AccountId, OfferId, PlanId, ProductId, RefundId, TaxClass};
use commerce::invoice::Party;
use commerce::money::Currency;
use commerce::payment::PaymentFact;
use commerce::subscription::{AfterRefund, Fact};
use commerce::tax::{TaxBasis, TaxRates, TaxStatus};
use commerce::terms::{Channel, Policy};
use jiff::tz::TimeZone;
use providers::payment::{Expiry, Provider};
use providers::sandbox::{Mischief, Sandbox, TestCard};
use store::accounts::NewAccount;
use store::{Issuer, MailAddress, Store};

use crate::accounts::{A_MOMENT, beside, mails, paper, sign_up, site};
use crate::browser::Browser;
use crate::hidden::hidden;
use crate::program::{Paper, said};

pub(crate) const CHECKOUT: &str = "/-/subscribe/monthly";

/// The card that is always good for it.
pub(crate) const GOOD: &str = "4242 4242 4242 4242";

/// A paper that sells by the sandbox, with one story that isn't free.
pub(crate) fn shop() -> Paper {
    let paper = paper();
    paper.story("shut");
    paper.edit("content/stories/shut.md", |text| {
        text.replace("tier = \"metered\"", "tier = \"locked\"")
    });
    paper.edit("ludgate.toml", |text| {
        let text = text.replace("[publication]", "[publication]\ntest = true");
        format!(
            "{text}\n[products.digital]\ngrants = [\"read\"]\n\
             [plans.monthly]\nproduct = \"digital\"\nprice = \"10.00 USD\"\nevery = \"1 month\"\n\
             [[offers]]\nid = \"monthly\"\nplan = \"monthly\"\n\
             [tax]\nseller = \"GB\"\n[payments]\nprovider = \"sandbox\"\n"
        )
    });
    paper
}

/// How many seats a team may have.
const TEAM: Seating = Seating { least: 1, most: 9 };

fn product() -> ProductId {
    ProductId::new("digital").expect("a name")
}

/// What is printed: its product, plan and offer.
pub(crate) const PAPER: &str = "paper";

fn paper_product() -> ProductId {
    ProductId::new(PAPER).expect("a name")
}

fn sold(id: ProductId, grants: &[&str], delivered: bool) -> Product {
    Product {
        id,
        grants: grants.iter().map(|grant| (*grant).into()).collect(),
        scope: Scope::Everything,
        delivered,
        tax_class: TaxClass::new("standard").expect("a class"),
    }
}

fn plan(name: &str, seats: Option<Seating>) -> Plan {
    Plan {
        id: PlanId::new(name).expect("a name"),
        product: product(),
        term: Term::Renews {
            every: Interval::MONTH,
        },
        prices: vec!["10.00 USD".parse().expect("a price")],
        seats,
    }
}

/// An offer of the plan of that name.
fn offer(name: &str) -> Offer {
    Offer {
        id: OfferId::new(name).expect("a name"),
        plan: PlanId::new(name).expect("a name"),
        phases: Vec::new(),
        window: Window::default(),
        audience: OfferAudience::Everyone,
        code: None,
        caps: Caps::default(),
        method_needed: false,
        gift: false,
    }
}

fn sales() -> Sales {
    let country = Country::parse("GB").expect("a country");
    Sales {
        catalog: Catalog {
            zone: Zone::new(TimeZone::get("Europe/London").expect("a zone")).expect("a name"),
            tax_basis: TaxBasis::Inclusive,
            policy: Policy::default(),
            products: vec![
                sold(product(), &["read"], false),
                sold(paper_product(), &["read", "print"], true),
            ],
            plans: vec![
                plan("monthly", None),
                plan("team", Some(TEAM)),
                Plan {
                    product: paper_product(),
                    ..plan(PAPER, None)
                },
            ],
            offers: vec![offer("monthly"), offer("team"), offer(PAPER)],
        },
        tax: TaxRates::none(country),
        issuer: Issuer {
            seller: Party {
                name: "The Paper".to_owned(),
                address: Vec::new(),
                country,
                vat_id: None,
            },
            invoices: "INV-".to_owned(),
            credit_notes: "CN-".to_owned(),
        },
        currency: Currency::parse("USD").expect("a currency"),
        gifts_redeemable: Interval::YEAR,
    }
}

/// Mail is the server's.
struct Nobody;

impl Post for Nobody {
    fn send<'a>(&'a self, _: &'a Parcel) -> Sending<'a> {
        Box::pin(std::future::ready(Ok::<bool, NotSent>(true)))
    }
}

/// Billing in another process than the server, on the same store.
pub(crate) fn billing(store: &Store) -> Billing {
    let sandbox = Sandbox::in_memory(Mischief::default());
    let made = Billing::new(Parts {
        store: store.clone(),
        provider: Arc::new(Provider::Sandbox(Box::new(sandbox))),
        sales: sales(),
        world: World {
            clock: Clock::real(Arc::new(now)),
            random: Arc::new(random),
        },
        post: Arc::new(Nobody),
        codes: [7; 32],
    });
    made.expect("billing")
}

#[expect(
    clippy::disallowed_methods,
    reason = "beside a server that lives by it"
)]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

#[expect(
    clippy::disallowed_methods,
    reason = "each purchase has an id of its own"
)]
fn random(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}

pub(crate) async fn account(store: &Store, mail: &str) -> AccountId {
    let mail = MailAddress::new(mail).expect("an address");
    let mut reading = store.read().await.expect("a turn");
    let account = reading.account_by_mail(&mail).await.expect("a row");
    account.expect("an account").id
}

/// An account that nobody has signed up for.
pub(crate) async fn new_account(store: &Store, name: &str) -> AccountId {
    let mut bytes = [0; 16];
    assert!(random(&mut bytes));
    let new = NewAccount {
        id: AccountId::new(u128::from_le_bytes(bytes)),
        mail: MailAddress::new(&format!("{name}@example.com")).expect("an address"),
        name: None,
        locale: None,
        password: None,
        verified: None,
    };
    let mut writing = store.write().await.expect("a turn");
    assert!(writing.add_account(&new, now()).await.expect("added"));
    writing.commit().await.expect("committed");
    new.id
}

pub(crate) async fn buy(billing: &Billing, account: AccountId) -> Bought {
    buys(billing, account, "monthly", 1).await
}

/// Buys an offer for so many.
pub(crate) async fn buys(
    billing: &Billing,
    account: AccountId,
    offer: &str,
    quantity: u32,
) -> Bought {
    let (setup, _) = billing.enter_card(account, None).await.expect("a setup");
    let Provider::Sandbox(sandbox) = billing.provider() else {
        panic!("the sandbox");
    };
    let customer = billing.provider().customer(account, None).await;
    let expires = Expiry::new(2099, 12).expect("a month");
    let card = TestCard::typed(GOOD, expires).expect("a card");
    sandbox
        .enter(&setup, &customer.expect("a customer"), card, now())
        .expect("entered");
    let entered = billing.card_entered(account, &setup).await;
    let CardEntered::Kept { method, .. } = entered.expect("an outcome") else {
        panic!("a card");
    };
    let currency = Currency::parse("USD").expect("a currency");
    let purchase = Purchase {
        account,
        chosen: Chosen {
            quantity,
            ..Chosen::one(OfferId::new(offer).expect("a name"), currency)
        },
        shown: None,
        tax: TaxStatus::consumer(Country::parse("GB").expect("a country")),
        party: None,
        agreement: Agreement {
            locale: "en".to_owned(),
            words: "You agree to pay.".to_owned(),
            channel: Channel::Web,
            withdrawal_waived: false,
        },
        method: Some(method.id),
        address: (offer == PAPER).then(at_home),
        form: FormToken::new(7),
    };
    billing.begin(&purchase).await.expect("bought")
}

fn at_home() -> PostalAddress {
    PostalAddress {
        name: "Anna \"=Sand\"".to_owned(),
        lines: vec!["=1+1 Hafenstr.".to_owned()],
        city: "Hamburg".to_owned(),
        region: None,
        postcode: Some("20457".to_owned()),
        country: Country::parse("DE").expect("a country"),
    }
}

/// Gives back what was paid, and ends what was bought.
pub(crate) async fn refund(billing: &Billing, bought: &Bought) {
    let id = bought.subscription.id;
    let mut reading = billing.store().read().await.expect("a turn");
    let facts = reading.facts(id).await.expect("facts");
    drop(reading);
    let charge = facts.iter().find_map(|fact| match fact {
        Fact::Payment(PaymentFact::Paid { charge, .. }) => Some(*charge),
        _ => None,
    });
    let who = Who::Care {
        actor: "tests".to_owned(),
        why: "to see it close".to_owned(),
    };
    let wish = Wish::Refund {
        refund: RefundId::new(1),
        charge: charge.expect("a payment"),
        amount: None,
        access: AfterRefund::End,
    };
    billing.command(&who, id, wish).await.expect("refunded");
}

/// The form of the checkout, filled in.
pub(crate) fn checkout(browser: &mut Browser, card: &str) -> Vec<(String, String)> {
    let page = browser.get(CHECKOUT);
    let mut fields = hidden(&page.html, CHECKOUT);
    assert!(fields.len() > 2, "{page:?}");
    let typed = [
        ("country", "GB"),
        ("method", "new"),
        ("card_number", card),
        ("card_expires", "12/40"),
        ("card_code", "123"),
        ("consent", "yes"),
    ];
    fields.retain(|(name, _)| typed.iter().all(|(other, _)| name != other));
    fields.extend(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
    fields
}

pub(crate) fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect()
}

/// Whoever is signed in subscribes, as by a browser.
pub(crate) fn subscribes(browser: &mut Browser, card: &str) {
    let form = checkout(browser, card);
    let reply = browser.post(CHECKOUT, &pairs(&form));
    assert!(reply.location().contains("/order/"), "{reply:?}");
}

#[track_caller]
pub(crate) fn becomes(browser: &mut Browser, words: &str) {
    let end = Instant::now() + A_MOMENT;
    loop {
        let read = browser.get("/stories/shut");
        if read.decision().contains(words) {
            return;
        }
        assert!(Instant::now() < end, "never {words}: {}", read.decision());
        std::thread::yield_now();
    }
}

/// Whoever signed up buys, and the locked story opens.
pub(crate) fn anna_buys(paper: &Paper, browser: &mut Browser) -> Bought {
    let bought = beside(paper, async |store| {
        let account = account(store, "anna@example.com").await;
        buy(&billing(store), account).await
    });
    becomes(browser, "full; reason=entitled");
    bought
}

#[test]
fn what_is_bought_opens_the_locked_story_and_a_refund_closes_it() {
    let paper = shop();
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    sign_up(&paper, &mut browser);
    let wall = browser.get("/stories/shut");
    assert!(
        wall.decision().contains("subscription-required"),
        "{wall:?}"
    );
    let bought = anna_buys(&paper, &mut browser);
    // The server writes of it: the link to sign up, and the receipt.
    let told = mails(&paper, 2);
    assert!(told[1].text.contains("$10"), "{}", told[1].text);
    beside(&paper, async |store| refund(&billing(store), &bought).await);
    becomes(&mut browser, "preview; reason=subscription-");
}

#[test]
fn a_test_clock_is_moved_by_command_and_tells_what_happens() {
    let paper = shop();
    let server = paper.serve();
    let mut browser = Browser::of(server.readers, &site(&paper));
    sign_up(&paper, &mut browser);
    anna_buys(&paper, &mut browser);
    let data = paper.data();
    let (code, text) = said(&["clock", "show", "--data", &data]);
    assert!(code == 0 && text.contains("it is not ahead"), "{text}");
    let (code, text) = said(&["clock", "advance", "2 months", "--data", &data]);
    assert_eq!(code, 0, "{text}");
    for words in [
        "fact    period_started",
        "fact    paid",
        "asked",
        "days and",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    // Nobody is signed out by it, and it goes on from there after a restart.
    assert_eq!(browser.get("/-/account").status, 200);
    drop(server);
    let server = paper.serve();
    let (_, text) = said(&["clock", "show", "--data", &data]);
    assert!(text.contains("days and"), "{text}");
    let (code, text) = said(&["clock", "advance", "soon", "--data", &data]);
    assert!(code == 1 && text.contains("3 months"), "{text}");

    // The same on the admin listener.
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let (status, page) = crate::program::get(server.admin, "/clock", &bearer);
    assert!(status == 200 && page.contains("name=\"by\""), "{page}");
    let mut admin = Browser::of(server.admin, "http://evil.example");
    let form = format!("{bearer}Content-Type: application/x-www-form-urlencoded\r\n");
    let moved = admin.send("POST", "/clock", &form, "by=1+month");
    assert!(
        moved.status == 200 && moved.html.contains("events"),
        "{moved:?}"
    );
    let foreign = format!("{form}Origin: http://evil.example\r\n");
    let refused = admin.send("POST", "/clock", &foreign, "by=1+month");
    assert_eq!(refused.status, 403, "{refused:?}");
}

#[test]
fn where_it_is_no_test_the_clock_stays() {
    let paper = paper();
    let _server = paper.serve();
    let (code, text) = said(&["clock", "advance", "1 day", "--data", &paper.data()]);
    assert!(code == 1 && text.contains("[publication] test"), "{text}");
}

#[test]
fn a_test_whose_clock_was_moved_doesnt_become_real_by_a_line_of_configuration() {
    let paper = shop();
    let server = paper.serve();
    let (code, text) = said(&["clock", "advance", "3 months", "--data", &paper.data()]);
    assert_eq!(code, 0, "{text}");
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
    paper.edit("ludgate.toml", |text| {
        let text = text.replace("test = true\n", "");
        text.replace("[payments]\nprovider = \"sandbox\"\n", "")
    });
    let config = paper.path("ludgate.toml");
    let (code, text) = said(&["serve", "--config", &config.to_string_lossy()]);
    assert!(code == 1 && text.contains("put test = true back"), "{text}");
}
