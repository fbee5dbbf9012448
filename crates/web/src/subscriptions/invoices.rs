//! Invoices and credit notes: a list, and a page of each to read and to print.
//!
//! What has to be on one is in directive 2006/112, articles 226 and 219: both
//! parties with their addresses and VAT ids, a number, a date, what was
//! supplied, how much of it and when, the price without tax, the tax at each
//! rate, the total, and who owes the tax where it is the customer.

use commerce::bill::{Line, Sold};
use commerce::calendar::Period;
use commerce::catalog::{Catalog, Scope, Term};
use commerce::ids::{InvoiceId, PlanId};
use commerce::invoice::{Invoice, InvoiceKind, InvoiceLine, Party};
use commerce::tax::Taxation;
use http::StatusCode;
use prompts::Arg;

use super::view;
use crate::pages::{Answer, Fault, Pages, Visit};
use crate::respond;
use crate::shop::Shop;
use crate::words::{Sort, Speaker};

impl Pages {
    pub(super) async fn invoices_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(account) = visit.account() else {
            return Err(Fault::Busy);
        };
        let invoices = self.store.read().await?.invoices(account).await?;
        let speaker = self.speaker(visit);
        let link = |invoice: &Invoice| view::InvoiceLink {
            id: invoice.id.to_string(),
            number: invoice.number.to_string(),
            kind: speaker.text("invoice-kind", &[("kind", Arg::Word(kind(invoice)))]),
            date: speaker.date(invoice.date),
            total: speaker.money(invoice.total),
        };
        let page = view::Invoices {
            list: invoices.iter().map(link).collect(),
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// One of the reader's own; another's is as unknown as none.
    pub(super) async fn invoice_page(&self, visit: &Visit<'_>, id: InvoiceId) -> Answer {
        let found = self.store.read().await?.invoice(id).await?;
        let found = found.filter(|(_, account)| Some(*account) == visit.account());
        let Some((invoice, _)) = found else {
            return self.say(visit, StatusCode::NOT_FOUND, &respond::MISSING);
        };
        let sales = Shop::of(self).map(|shop| shop.billing.sales());
        let catalog = sales.as_deref().map(|sales| &sales.catalog);
        let page = printed(&self.speaker(visit), catalog, &invoice);
        self.show(visit, StatusCode::OK, &page)
    }
}

fn kind(invoice: &Invoice) -> &'static str {
    match invoice.kind {
        InvoiceKind::Invoice { .. } => "invoice",
        InvoiceKind::CreditNote { .. } => "credit",
    }
}

fn printed(speaker: &Speaker<'_>, catalog: Option<&Catalog>, invoice: &Invoice) -> view::Invoice {
    let number = invoice.number.to_string();
    let title = [
        ("kind", Arg::Word(kind(invoice))),
        ("number", Arg::Text(&number)),
    ];
    let (corrects, settled) = match &invoice.kind {
        InvoiceKind::Invoice { .. } => (None, "invoice-paid"),
        InvoiceKind::CreditNote { corrects, .. } => {
            let corrects = corrects.to_string();
            let args = [("number", Arg::Text(&corrects))];
            (
                Some(speaker.text("invoice-corrects", &args)),
                "invoice-given-back",
            )
        }
    };
    let mut notes = vec![speaker.text(settled, &[])];
    let taxations = || invoice.taxes.iter().map(|tax| tax.taxation);
    if taxations().any(|tax| matches!(tax, Taxation::ReverseCharge { .. })) {
        notes.push(speaker.text("invoice-reverse-charge", &[]));
    }
    if taxations().any(|tax| tax == Taxation::NotCharged) {
        notes.push(speaker.text("invoice-no-tax", &[]));
    }
    view::Invoice {
        title: speaker.text("invoice-title", &title),
        date: speaker.date(invoice.date),
        corrects,
        seller: party(speaker, &invoice.seller),
        buyer: party(speaker, &invoice.customer),
        lines: invoice
            .lines
            .iter()
            .map(|one| line(speaker, catalog, one))
            .collect(),
        net: speaker.money(invoice.split.net),
        taxes: taxes(speaker, invoice),
        total: speaker.money(invoice.total),
        notes,
        number,
    }
}

fn party(speaker: &Speaker<'_>, party: &Party) -> view::Party {
    view::Party {
        name: party.name.clone(),
        address: party.address.clone(),
        country: speaker.country(party.country),
        vat_id: party.vat_id.as_ref().map(|id| id.as_str().to_owned()),
    }
}

/// The tax at each rate, with what it is on.
fn taxes(speaker: &Speaker<'_>, invoice: &Invoice) -> Vec<view::InvoiceTax> {
    let said = |tax: &commerce::invoice::TaxTotal| {
        let Taxation::Charged { country, rate } = tax.taxation else {
            return None;
        };
        let (rate, country) = (speaker.percent(rate), country.to_string());
        let net = speaker.money(tax.split.net);
        let args = [
            ("rate", Arg::Text(&rate)),
            ("country", Arg::Text(&country)),
            ("net", Arg::Text(&net)),
        ];
        Some(view::InvoiceTax {
            what: speaker.text("invoice-tax", &args),
            amount: speaker.money(tax.split.tax),
        })
    };
    invoice.taxes.iter().filter_map(said).collect()
}

fn line(speaker: &Speaker<'_>, catalog: Option<&Catalog>, line: &InvoiceLine) -> view::InvoiceLine {
    match line {
        InvoiceLine::Sold(line) => sold(speaker, catalog, line),
        InvoiceLine::GivenBack { taxation, split } => view::InvoiceLine {
            what: speaker.text("invoice-refund", &[]),
            when: None,
            quantity: String::new(),
            rate: rate(speaker, *taxation),
            net: speaker.money(split.net),
        },
    }
}

fn sold(speaker: &Speaker<'_>, catalog: Option<&Catalog>, line: &Line) -> view::InvoiceLine {
    let (key, plan, period) = match &line.sold {
        Sold::Plan { plan, period, .. } => ("invoice-plan", plan, Some(period)),
        Sold::Difference { plan, period } => ("invoice-difference", plan, Some(period)),
        Sold::Unused { plan, period } => ("invoice-unused", plan, Some(period)),
        Sold::Gift { plan } => ("invoice-gift", plan, None),
    };
    let name = plan_name(speaker, catalog, plan);
    view::InvoiceLine {
        what: speaker.text(key, &[("name", Arg::Text(&name))]),
        when: period.map(|period| days(speaker, period)),
        quantity: speaker.text(
            "invoice-count",
            &[("count", Arg::Number(line.quantity.into()))],
        ),
        rate: rate(speaker, line.taxation),
        net: speaker.money(line.split.net),
    }
}

fn rate(speaker: &Speaker<'_>, taxation: Taxation) -> String {
    match taxation {
        Taxation::Charged { rate, .. } => speaker.percent(rate),
        Taxation::ReverseCharge { .. } => speaker.text("invoice-rate-reversed", &[]),
        Taxation::NotCharged => "–".to_owned(),
    }
}

/// What it is called where it is sold; by its id, where it isn't any more.
fn plan_name(speaker: &Speaker<'_>, catalog: Option<&Catalog>, plan: &PlanId) -> String {
    let known = catalog.and_then(|catalog| {
        let plan = catalog.plan(plan)?;
        Some((plan, catalog.product(&plan.product)?))
    });
    if let Some((plan, product)) = known {
        return speaker.name(&Sort {
            offer: "",
            plan: plan.id.as_str(),
            product: product.id.as_str(),
            grants: &product.grants,
            is_story: product.scope == Scope::OneStory,
            is_once: matches!(plan.term, Term::Once { .. }),
            is_seated: plan.seats.is_some(),
            is_gift: false,
        });
    }
    let args = [("plan", Arg::Word(plan.as_str()))];
    speaker.text("invoice-plan-name", &args)
}

fn days(speaker: &Speaker<'_>, period: &Period) -> String {
    let from = speaker.day(period.start);
    match period.end {
        Some(end) => {
            let to = speaker.last_day(end);
            let args = [("from", Arg::Text(&from)), ("to", Arg::Text(&to))];
            speaker.text("invoice-days", &args)
        }
        None => speaker.text("invoice-from", &[("from", Arg::Text(&from))]),
    }
}
