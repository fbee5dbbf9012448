//! All offers.

use billing::Held;
use commerce::catalog::{NotOffered, Offer, Relation, Scope, Term};
use commerce::ids::{OfferId, PromotionCode};
use commerce::money::Currency;
use http::{Method, StatusCode};

use super::Shop;
use super::view::{Card, CurrencyLink, Group, Offers};
use crate::form::Form;
use crate::limits::Act;
use crate::link;
use crate::pages::{Answer, Visit};
use crate::respond;
use crate::view::To;
use crate::wanted::Wanted;
use crate::words::{Sort, Speaker};

/// An offer that somebody asked for and can't have.
pub(super) struct Gone<'a> {
    pub(super) offer: &'a OfferId,
    pub(super) why: NotOffered,
}

impl Gone<'_> {
    /// Whether there is none, or none for who doesn't know its code: one is told
    /// as the other.
    fn is_secret(&self) -> bool {
        matches!(
            self.why,
            NotOffered::Unknown(_) | NotOffered::CodeNeeded | NotOffered::CodeWrong
        )
    }
}

/// What is passed on from page to page.
pub(super) struct Passed {
    /// The story that they want to read.
    pub(super) to: Option<Wanted>,
    /// The currency, and whether it is another than the publication's own.
    pub(super) currency: Currency,
    pub(super) is_own: bool,
    /// The code that they typed.
    pub(super) code: Option<PromotionCode>,
}

impl Passed {
    /// As the query of a link; nothing, where there is nothing to pass on.
    pub(super) fn query(&self) -> String {
        let to = self.to.as_ref().map(|to| ("to", to.as_str()));
        let currency = (!self.is_own).then(|| ("currency", self.currency.code()));
        let code = self.code.as_ref().map(|code| ("code", code.as_str()));
        link::with("", to.into_iter().chain(currency).chain(code))
    }

    fn in_currency(&self, currency: Currency, own: Currency) -> String {
        let other = Self {
            to: self.to.clone(),
            currency,
            is_own: currency == own,
            code: self.code.clone(),
        };
        other.query()
    }
}

impl Shop<'_> {
    /// What a link or a form passes on. What makes no sense is left out.
    pub(super) fn passed(&self, visit: &Visit<'_>, form: &Form) -> Passed {
        let own = self.billing.sales().currency;
        let asked = Currency::parse(form.trimmed("currency")).ok();
        // One that nothing is sold in any more is none.
        let asked = asked.filter(|asked| self.sold_in().contains(asked));
        let currency = asked.unwrap_or(own);
        Passed {
            to: self.story_wanted(visit, form),
            currency,
            is_own: currency == own,
            code: PromotionCode::typed(form.trimmed("code")).ok(),
        }
    }

    /// Where the reader wants to go on: a page of the publication, and not its
    /// front page, which is where one goes without being asked.
    pub(super) fn story_wanted(&self, visit: &Visit<'_>, form: &Form) -> Option<Wanted> {
        let prefix = &*self.settings.prefix;
        let to = self.wanted(visit, form)?;
        let is_a_story = to.as_str() != "/" && !to.as_str().starts_with(prefix);
        is_a_story.then_some(to)
    }

    pub(super) async fn offers_page(&self, visit: &Visit<'_>, gone: Option<Gone<'_>>) -> Answer {
        let request = visit.request;
        let asked = if request.method == Method::POST {
            request.sent()
        } else {
            request.asked()
        };
        let mut passed = self.passed(visit, &asked);
        let typed = asked.trimmed("code");
        let mut code_error = None;
        if !typed.is_empty() {
            // One that came with an offer was counted with it.
            if gone.is_none() {
                self.limits.network(Act::Code, request.address, visit.now)?;
            }
            code_error = passed.code.is_none().then_some("shop-code-wrong");
        }
        let account = visit.account();
        let (code, currency) = (passed.code.as_ref(), passed.currency);
        let held = self.billing.offers_for(account, code, currency).await?;
        let relation = self.billing.relation(account).await?;
        let coded: Vec<&Held> = held.iter().filter(|held| self.has_code(held)).collect();
        let gone = gone.or_else(|| refused(&coded));
        let stall = Shelf {
            shop: self,
            speaker: self.speaker(visit),
            passed: &passed,
            sells_story: match &passed.to {
                Some(to) => self.gate.story(to.as_str()).await.is_some(),
                None => false,
            },
            nearest: gone.as_ref().and_then(|gone| self.nearest(gone, &held)),
        };
        let (own, groups, has_coded) = stall.sort(&held);
        if passed.code.is_some() && coded.is_empty() {
            code_error = Some("shop-code-wrong");
        }
        if code_error.is_some() {
            // What isn't even written as one could be anything.
            let code = passed.code.as_ref().map(PromotionCode::as_str);
            tracing::info!(code, "a code opens no offer");
        }
        let gone_says = gone.as_ref().map(|gone| stall.speaker.gone(&gone.why));
        let currencies = self.currencies(&passed);
        if !has_coded {
            passed.code = None;
        }
        let page = Offers {
            picture: self.asset(crate::assets::bundle()),
            gone: gone_says,
            query: passed.query(),
            own,
            groups,
            currencies,
            currency: currency.code().to_owned(),
            code: typed.chars().take(64).collect(),
            code_error,
            signed_in: account.is_some(),
            has_one: relation == Relation::Current,
            back: self.back(&format!("subscribe{}", passed.query())),
            to: passed.to.map(To::from),
        };
        let status = match (&gone, code_error) {
            (Some(gone), _) if gone.is_secret() => StatusCode::NOT_FOUND,
            (Some(_), _) => StatusCode::GONE,
            (None, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, None) => StatusCode::OK,
        };
        self.show(visit, status, &page)
    }

    /// The checkout of the one offer that sells the story they come from, else
    /// what else there is.
    pub(super) async fn story_page(&self, visit: &Visit<'_>) -> Answer {
        let passed = self.passed(visit, &visit.request.asked());
        let Some(to) = &passed.to else {
            return self.say(visit, StatusCode::NOT_FOUND, &super::notices::NO_STORY);
        };
        if self.gate.story(to.as_str()).await.is_none() {
            return self.say(visit, StatusCode::NOT_FOUND, &super::notices::NO_STORY);
        }
        let account = visit.account();
        let held = self
            .billing
            .offers_for(account, None, passed.currency)
            .await?;
        let mut stories = held
            .iter()
            .filter(|held| held.scope == Scope::OneStory && held.may.is_ok());
        match (stories.next(), stories.next()) {
            (Some(one), None) => {
                let query = passed.query();
                let place = format!("subscribe/{}{query}", one.pitch.offer);
                Ok(respond::go(self.below(&place)))
            }
            (Some(_), Some(_)) => Ok(respond::go(
                self.below(&format!("subscribe{}", passed.query())),
            )),
            (None, _) => self.say(visit, StatusCode::NOT_FOUND, &super::notices::NO_STORY),
        }
    }

    /// Of what can be had, what is most like an offer that can't: the same plan,
    /// the same product, else the first. Nothing is near to what they aren't to
    /// know of.
    fn nearest(&self, gone: &Gone<'_>, held: &[Held]) -> Option<OfferId> {
        if gone.is_secret() {
            return None;
        }
        let sales = self.billing.sales();
        let wanted = sales.catalog.offer(gone.offer);
        let plan = wanted.and_then(|offer| sales.catalog.plan(&offer.plan));
        let mut may = held
            .iter()
            .filter(|held| held.may.is_ok() && held.scope == Scope::Everything);
        let nearness = |held: &&Held| {
            let gift = wanted.is_some_and(|offer| offer.gift != held.gift);
            let same_plan = plan.is_some_and(|plan| plan.id == held.pitch.plan);
            let same_product = plan.is_some_and(|plan| plan.product == held.pitch.product);
            (!gift, same_plan, same_product)
        };
        let first = may.next()?;
        // Of several as near as each other, the first.
        let best = may.fold(first, |best, next| {
            if nearness(&next) > nearness(&best) {
                next
            } else {
                best
            }
        });
        Some(best.pitch.offer.clone())
    }

    /// Whether a code opens it: who sees it has typed that.
    fn has_code(&self, held: &Held) -> bool {
        let sales = self.billing.sales();
        let offer = sales.catalog.offer(&held.pitch.offer);
        offer.is_some_and(|offer| offer.code.is_some())
    }

    /// The currencies that something is sold in, the publication's own first.
    fn sold_in(&self) -> Vec<Currency> {
        let sales = self.billing.sales();
        let mut all: Vec<Currency> = vec![sales.currency];
        for plan in &sales.catalog.plans {
            for price in &plan.prices {
                if !all.contains(&price.currency()) {
                    all.push(price.currency());
                }
            }
        }
        all
    }

    /// They, as links, if there are several.
    fn currencies(&self, passed: &Passed) -> Vec<CurrencyLink> {
        let (sales, all) = (self.billing.sales(), self.sold_in());
        if all.len() < 2 {
            return Vec::new();
        }
        let link = |currency: &Currency| CurrencyLink {
            code: currency.code().to_owned(),
            query: passed.in_currency(*currency, sales.currency),
            is_this: *currency == passed.currency,
        };
        all.iter().map(link).collect()
    }

    /// The query with which signing in leads back to a page below the prefix.
    pub(crate) fn back(&self, place: &str) -> String {
        link::with("", [("to", &*format!("{}{place}", self.settings.prefix))])
    }
}

/// What a code opens, where none of it can be had: who knows the code may know
/// why.
fn refused<'a>(coded: &[&'a Held]) -> Option<Gone<'a>> {
    let mut whys = coded.iter().map(|held| match &held.may {
        Ok(()) => None,
        Err(why) => Some(Gone {
            offer: &held.pitch.offer,
            why: why.clone(),
        }),
    });
    let first = whys.next()??;
    whys.all(|why| why.is_some()).then_some(first)
}

/// Offers on their way to their places.
struct Shelf<'a> {
    shop: &'a Shop<'a>,
    speaker: Speaker<'a>,
    passed: &'a Passed,
    /// Whether they come from a story that can be bought alone.
    sells_story: bool,
    nearest: Option<OfferId>,
}

impl Shelf<'_> {
    /// What is for oneself, what else there is, and whether the code that was
    /// typed opens any of it.
    fn sort(&self, held: &[Held]) -> (Vec<Card>, Vec<Group>, bool) {
        let sales = self.shop.billing.sales();
        let (mut own, mut once, mut team, mut gift) = (vec![], vec![], vec![], vec![]);
        let mut has_coded = false;
        for held in held.iter().filter(|held| held.may.is_ok()) {
            let Some(offer) = sales.catalog.offer(&held.pitch.offer) else {
                continue;
            };
            if held.scope == Scope::OneStory && (!self.sells_story || held.gift) {
                continue;
            }
            has_coded |= offer.code.is_some();
            let card = self.card(held, offer);
            let place = match held.pitch.term {
                _ if held.gift => &mut gift,
                _ if held.seats.is_some() => &mut team,
                Term::Once { .. } => &mut once,
                Term::Renews { .. } => &mut own,
            };
            place.push(card);
        }
        // What a code has opened, or is nearest to what was asked for, first.
        own.sort_by_key(|card| !card.stands_out);
        // Else the first in the file stands out, as it does on walls.
        let mut all = own.iter().chain(&once).chain(&team).chain(&gift);
        let is_led = all.any(|card| card.stands_out);
        if let Some(first) = own.first_mut().filter(|_| !is_led) {
            first.stands_out = true;
        }
        let groups = [
            ("shop-group-once", once),
            ("shop-group-team", team),
            ("shop-group-gift", gift),
        ];
        let groups = groups.into_iter().filter(|(_, cards)| !cards.is_empty());
        let groups = groups.map(|(heading, cards)| Group { heading, cards });
        (own, groups.collect(), has_coded)
    }

    fn card(&self, held: &Held, offer: &Offer) -> Card {
        let sort = Sort::of(held);
        let is_nearest = self.nearest.as_ref() == Some(&offer.id);
        let badge = if is_nearest {
            Some(self.speaker.text("shop-badge-nearest", &[]))
        } else if offer.code.is_some() {
            Some(self.speaker.text("shop-badge-code", &[]))
        } else {
            self.speaker.badge(offer.audience)
        };
        let passed = Passed {
            to: self.passed.to.clone(),
            currency: self.passed.currency,
            is_own: self.passed.is_own,
            // A code goes with its own offer alone.
            code: offer.code.clone(),
        };
        Card {
            id: offer.id.to_string(),
            link: format!("subscribe/{}{}", offer.id, passed.query()),
            name: self.speaker.name(&sort),
            badge,
            stands_out: is_nearest || offer.code.is_some(),
            gift: held.gift,
            said: self.speaker.offer(held),
            benefits: self.speaker.benefits(&sort),
        }
    }
}
