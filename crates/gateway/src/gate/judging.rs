//! A story's request from who reads it to what they are sent: identify, decide,
//! count, splice, record.

use std::net::IpAddr;
use std::sync::Arc;

use access::{Decision, Moment, Name, Outcome, Purpose, ReaderKind, Request, Stories};
use http::{HeaderValue, Response, header};
use jiff::Timestamp;
use page::CompiledPage;

use super::Gate;
use crate::address;
use crate::body::Body;
use crate::clues::{self, Clues};
use crate::crawling;
use crate::head::Head;
use crate::metrics::{Phase, Stopwatch};
use crate::pages::{Page, StoryPage};
use crate::policy::{Mode, Policy};
use crate::reads::{self, Reading};
use crate::respond;
use crate::shelf::Which;
use crate::slots::{self, LocaleNo};
use crate::target::Target;
use crate::visit::Visit;
use crate::visitor::Visitor;

/// What the gate made of a story request, before it is written out.
pub(super) struct Judged {
    pub(super) decided: Decided,
    slot: Option<Arc<page::Slot>>,
}

/// A decision on one reading of one story, which is paid for.
pub(super) struct Decided {
    pub(super) decision: Decision,
    purpose: Purpose,
    pub(super) visitor: Visitor,
    pub(super) locale: LocaleNo,
    pub(super) moment: Moment,
}

impl Decided {
    /// Whether the request is a speculative one that would have to be charged.
    pub(super) fn is_speculative(&self) -> bool {
        self.purpose == Purpose::Prefetch && self.decision.charge.is_some()
    }

    /// Whether it isn't answered for that. Who only observes withholds nothing,
    /// so there it is served, and not counted as read.
    pub(super) fn is_declined(&self, mode: Mode) -> bool {
        mode == Mode::Enforce && self.is_speculative()
    }
}

/// One reading of one story, as the later phases see it.
pub(super) struct Read<'a> {
    pub(super) policy: &'a Policy,
    pub(super) page: &'a Page,
    pub(super) story: &'a StoryPage,
    pub(super) target: &'a Target<'a>,
    pub(super) request: &'a Head<'a>,
    pub(super) peer: Option<IpAddr>,
    pub(super) now: Timestamp,
}

/// What the request is for. Who asks for a list of stories reads none of them,
/// so nothing is counted and no meter opens it.
fn purpose(read: &Read<'_>) -> Purpose {
    if read.story.is_list {
        Purpose::Inspect
    } else {
        clues::purpose(&read.request.method, &read.request.fields)
    }
}

impl Gate {
    /// Judges a reading by what the browser shows.
    pub(super) async fn judge(&self, read: &Read<'_>, watch: &mut Stopwatch<'_>) -> Judged {
        let parts = &read.policy.parts;
        let fields = &read.request.fields;
        let address = parts.trusted_proxies.client(read.peer, fields);
        let keys = self.keys.load();
        let by = self.recognising(&keys, read.policy);
        let mut visitor = Visitor::identify(by, fields, address);
        visitor.look_for_staff(by, fields);
        visitor.read_by_network(&self.networks, read.now);
        if let Some(claim) = crawling::claim(parts, fields, &visitor) {
            // In a box, so that who claims nothing pays nothing for it.
            if Box::pin(self.is_true(claim)).await {
                visitor.reader.kind = ReaderKind::Crawler;
            }
        }
        if parts.gifts.is_some() && !read.story.is_list {
            let number = || read.story.number(|id| self.meter.find_story(id));
            visitor.look_for_gifts(by, fields, number);
        }
        let decided = self.decide_for(visitor, read, watch).await;
        // A list has no one place for a wall, and none of its stories is asked for.
        let slot = if read.story.is_list {
            None
        } else {
            slots::slot(
                read.policy,
                &self.offers.load(),
                &decided.decision,
                &decided.visitor.reader,
                decided.locale,
                &decided.moment,
            )
        };
        Judged { decided, slot }
    }

    /// Decides on a reading by somebody who is known by now, and counts it.
    pub(super) async fn decide_for(
        &self,
        mut visitor: Visitor,
        read: &Read<'_>,
        watch: &mut Stopwatch<'_>,
    ) -> Decided {
        let policy = read.policy;
        let fields = &read.request.fields;
        let address = visitor.address;
        if read.story.is_list {
            // Its id may be that of a story, and its stories are many.
            visitor.reader.stories = Stories::default();
        }
        let locale = slots::locale(policy, fields, read.story.language.as_ref());
        let clues = Clues::read(policy, read.peer, address, read.request);
        let request = Request {
            path: read.target.path(),
            purpose: purpose(read),
            country: clues.country,
            language: clues.language,
            device: clues.device,
            referrer: clues.referrer,
            address,
            locale: policy.slots.name(locale),
        };
        watch.lap(Phase::Identify);

        let moment = policy.moment(read.now);
        let visit = Visit {
            policy,
            meter: &self.meter,
            accounts: &self.accounts,
            world: &self.world,
            metrics: &self.metrics,
            network_secret: &self.network_secret,
            story: read.story,
            request: &request,
            moment: &moment,
            degraded: read.page.is_degraded(),
        };
        let fresh = visitor.id.is_none();
        let decision = visit.run(&mut visitor, watch).await;
        if fresh && visitor.id.is_some() {
            self.metrics.fresh_reader();
        }
        Decided {
            decision,
            purpose: request.purpose,
            visitor,
            locale,
            moment,
        }
    }

    pub(super) fn splice(
        &self,
        read: &Read<'_>,
        compiled: &CompiledPage,
        judged: &Judged,
    ) -> Response<Body> {
        let Read {
            policy,
            page,
            request,
            ..
        } = *read;
        let decision = &judged.decided.decision;
        let (outcome, slot) = match policy.parts.mode {
            Mode::Observe => (Outcome::Full, None),
            Mode::Enforce => (decision.outcome, judged.slot.as_ref()),
        };
        let which = Which {
            outcome,
            encoding: policy.encoding(&request.fields),
            slot,
        };
        let mut response = respond::story(page, compiled, &which, request.bare);
        let headers = response.headers_mut();
        if policy.parts.expose_decisions
            && let Some(field) = respond::decision_field(policy, decision)
        {
            headers.insert(respond::DECISION, field);
        }
        for cookie in self.cookies_of(policy, &judged.decided.visitor) {
            headers.append(header::SET_COOKIE, cookie);
        }
        for cookie in &page.cookies {
            headers.append(header::SET_COOKIE, cookie.clone());
        }
        response
    }

    /// What the browser is given to keep.
    pub(super) fn cookies_of(
        &self,
        policy: &Policy,
        visitor: &Visitor,
    ) -> impl Iterator<Item = HeaderValue> + use<> {
        let id = visitor.id.filter(|_| visitor.issue);
        let cookie = policy.parts.cookie;
        let own = id.and_then(|id| cookie.set(&self.keys.load().sign(id)));
        own.into_iter().chain(visitor.renewed.clone())
    }

    /// The fields are made only where the level is on.
    pub(super) fn record(&self, read: &Read<'_>, decided: &Decided) {
        let decision = &decided.decision;
        self.metrics.decided(decision);
        if self.reads.is_on() {
            self.note(read, decided);
        }
        let rules = &read.policy.parts.rules;
        tracing::debug!(
            target: "ludgate::decision",
            path = read.target.path(),
            outcome = decision.outcome.as_str(),
            reason = decision.reason.as_str(),
            rule = decision.rule.and_then(|no| rules.rule_id(no)).map(Name::as_str),
            used = decision.reading.map(|reading| reading.used),
            limit = decision.reading.map(|reading| reading.limit),
        );
    }

    /// Counts it among what is read, where it was somebody reading.
    fn note(&self, read: &Read<'_>, decided: &Decided) {
        let visitor = &decided.visitor;
        let is_read = decided.purpose == Purpose::Read && reads::counts(decided.decision.reason);
        let Some(reader) = visitor.id.filter(|_| is_read) else {
            return;
        };
        self.reads.note(Reading {
            reader,
            network: visitor.address.and_then(|one| address::network(Some(one))),
            story: &read.story.story.id,
            mark: read.story.mark,
            now: read.now,
        });
    }
}
