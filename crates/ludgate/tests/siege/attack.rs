//! What an attack is: a request, what is due in answer, and how one knows that
//! it would find something if nothing were withheld.

use std::borrow::Cow;
use std::time::Duration;

use super::hunt::found;
use super::second::{Frames, Part};
use super::site::{HOST, SECRET, Site};
use super::way::{Door, Way};
use super::wire::{Heard, Reply};

/// How often a redirection is followed.
const MOST_REDIRECTIONS: usize = 3;

/// How often one asks again who is told to come back later.
const MOST_RETURNS: usize = 8;

/// The longest that one waits before: a gate that has no time now has some soon.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// One attack.
///
/// In its texts `{id}` stands for the cookie of a reader who has used up the
/// month, `{d}` for the path of the story of that name and `{d#}` for its
/// number.
#[derive(Clone, Debug)]
pub(crate) struct Attack {
    /// The row of the list of known bypasses.
    pub(crate) row: u8,
    pub(crate) name: Cow<'static, str>,
    method: &'static str,
    target: Cow<'static, str>,
    headers: Vec<&'static str>,
    body: &'static str,
    /// The whole request, where it is none that a client would write.
    raw: Option<&'static str>,
    /// The same over HTTP/2.
    frames: Option<&'static [Part]>,
    /// The story whose beginning is due.
    pub(crate) page: Option<&'static str>,
    pub(crate) proof: Proof,
    /// Whether somebody new makes it, who may read what is metered.
    pub(crate) is_new: bool,
    /// What nginx has against it: then it comes to nothing there.
    not_nginx: Option<&'static str>,
}

/// How one knows that an attack is worth making.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Proof {
    /// With the cut switched off it finds canaries.
    Uncut,
    /// The gate refuses it whatever it withholds; the site itself hands out
    /// canaries for the target that is hidden in it.
    Hidden(&'static str),
    /// The gate refuses it whatever it withholds, or takes out what makes it
    /// one; made of the site itself it finds canaries that are not on the page
    /// it seems to ask for.
    Direct,
    /// The gate refuses it, or reads it otherwise; one that wrote it down as it
    /// came, as this request, would get canaries of the site itself.
    Careless(&'static str),
    /// It can find nothing here, for this reason, and is made all the same.
    Vain(&'static str),
}

/// A request for a page, by a reader who has used up the month.
pub(crate) fn get(
    row: u8,
    name: impl Into<Cow<'static, str>>,
    target: impl Into<Cow<'static, str>>,
) -> Attack {
    Attack {
        row,
        name: name.into(),
        method: "GET",
        target: target.into(),
        headers: vec!["Cookie: {id}"],
        body: "",
        raw: None,
        frames: None,
        page: None,
        proof: Proof::Uncut,
        is_new: false,
        not_nginx: None,
    }
}

/// A request that is written out, which must ask for the end of the connection.
pub(crate) fn raw(row: u8, name: &'static str, text: &'static str) -> Attack {
    Attack {
        raw: Some(text),
        ..get(row, name, "")
    }
}

/// A request over HTTP/2 that is written out, and what a careless gate would make
/// of it.
pub(crate) fn frames(
    row: u8,
    name: &'static str,
    parts: &'static [Part],
    careless: &'static str,
) -> Attack {
    Attack {
        frames: Some(parts),
        proof: Proof::Careless(careless),
        ..get(row, name, "")
    }
}

impl Attack {
    /// Whether it can be made so.
    pub(crate) fn goes(&self, way: Way) -> bool {
        match way {
            Way::Second => self.raw.is_none(),
            _ => self.frames.is_none(),
        }
    }

    /// With another header line.
    pub(crate) fn with(mut self, line: &'static str) -> Self {
        self.headers.push(line);
        self
    }

    /// By a reader who sends this cookie instead.
    pub(crate) fn by(mut self, cookie: &'static str) -> Self {
        self.headers = vec![cookie];
        self
    }

    /// By somebody new, who may read three stories but none that is exclusive.
    pub(crate) fn by_somebody_new(mut self) -> Self {
        self.headers.clear();
        self.is_new = true;
        self
    }

    pub(crate) fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// Sends a form.
    pub(crate) fn form(mut self, body: &'static str) -> Self {
        self.method = "POST";
        self.body = body;
        self
    }

    /// Sends this along, whatever the method.
    pub(crate) fn sending(mut self, body: &'static str) -> Self {
        self.body = body;
        self
    }

    /// Comes to nothing where nginx asks the gate, for this reason.
    pub(crate) fn not_by_nginx(mut self, why: &'static str) -> Self {
        self.not_nginx = Some(why);
        self
    }

    /// Why it can find nothing this way, nor a page be due.
    pub(crate) fn is_vain(&self, way: Way) -> Option<&'static str> {
        match (self.proof, way) {
            (Proof::Vain(why), _) => Some(why),
            (_, Way::Asking) => self.not_nginx,
            _ => None,
        }
    }

    /// The beginning of this story is due in answer.
    pub(crate) fn page(mut self, story: &'static str) -> Self {
        self.page = Some(story);
        self
    }

    pub(crate) fn proof(mut self, proof: Proof) -> Self {
        self.proof = proof;
        self
    }

    fn filled(site: &Site, cookie: &str, text: &str) -> String {
        let mut text = text.replace("{id}", cookie);
        for story in &site.stories {
            text = text
                .replace(&format!("{{{}}}", story.name), &story.path)
                .replace(&format!("{{{}#}}", story.name), &story.id.to_string());
        }
        text
    }

    /// Makes the attack, as a browser does that goes where it is sent. One that
    /// `insists` comes back where it is told that there is no time.
    pub(crate) fn make(&self, door: &Door, site: &Site, cookie: &str, insists: bool) -> Outcome {
        let fill = |text: &str| Self::filled(site, cookie, text);
        let mut outcome = Outcome::default();
        let mut hear = |ask: &dyn Fn() -> Heard| {
            for _ in 0..=MOST_RETURNS {
                outcome.add(ask());
                match outcome.comes_back_after().filter(|_| insists) {
                    Some(wait) => std::thread::sleep(wait.min(LONGEST_WAIT)),
                    None => break,
                }
            }
            outcome.leads_to()
        };
        if let Some(parts) = self.frames {
            hear(&|| door.send(&Frames::of(parts, fill), false));
            return outcome;
        }
        if let Some(text) = self.raw {
            let text = fill(text);
            let method = text.split(' ').next().unwrap_or_default();
            hear(&|| door.say(text.as_bytes(), method));
            return outcome;
        }
        let headers: Vec<String> = self.headers.iter().map(|line| fill(line)).collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let (mut target, body) = (fill(&self.target), fill(self.body));
        let mut next = hear(&|| door.ask(self.method, &target, &headers, &body));
        for _ in 0..MOST_REDIRECTIONS {
            target = match next.take().filter(|next| *next != target) {
                Some(other) => other,
                None => break,
            };
            next = hear(&|| door.ask("GET", &target, &headers, ""));
        }
        outcome
    }

    /// What a careless gate gets of the site that writes this request.
    pub(crate) fn careless(text: &str, site: &Site) -> Outcome {
        let text = Self::filled(site, "", text);
        Outcome::of(Door::plain(site.address).say(text.as_bytes(), "GET"))
    }

    /// What the site itself hands out for what an attack hides.
    pub(crate) fn hidden(target: &str, site: &Site) -> Outcome {
        let target = Self::filled(site, "", target);
        let secret = format!("X-Gate: {SECRET}");
        Outcome::of(Door::plain(site.address).ask("GET", &target, &[&secret], ""))
    }
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Outcome {
    /// All bytes that came, as they came and as they are read.
    seen: Vec<u8>,
    pub(crate) replies: Vec<Reply>,
}

impl Outcome {
    fn of(heard: Heard) -> Self {
        let mut outcome = Self::default();
        outcome.add(heard);
        outcome
    }

    fn add(&mut self, heard: Heard) {
        self.seen.extend_from_slice(&heard.bytes);
        for reply in heard.replies {
            // What is read as it comes has been seen.
            if !heard.bytes.ends_with(&reply.body) {
                self.seen.push(b'\n');
                self.seen.extend_from_slice(&reply.body);
            }
            self.replies.push(reply);
        }
    }

    /// How long the last answer says that there will be no time.
    fn comes_back_after(&self) -> Option<Duration> {
        let last = self.replies.last().filter(|last| last.status == 503)?;
        let seconds = last.header("retry-after")?.parse().ok()?;
        Some(Duration::from_secs(seconds))
    }

    fn leads_to(&self) -> Option<String> {
        let last = self.replies.last()?;
        if !(300..400).contains(&last.status) {
            return None;
        }
        let place = last.header("location")?;
        let ours = place.split_once("://").map(|(_, rest)| rest);
        let path = ours
            .and_then(|rest| rest.strip_prefix(HOST))
            .unwrap_or(place);
        let path = path.split('#').next().unwrap_or_default();
        path.starts_with('/').then(|| path.to_owned())
    }

    /// The head of the last answer, if any came.
    pub(crate) fn head(&self) -> &str {
        self.replies.last().map_or("nothing", |reply| &reply.head)
    }

    pub(crate) fn last(&self) -> Option<&Reply> {
        self.replies.last()
    }

    /// Those of `canaries` that came in any form.
    pub(crate) fn found(&self, canaries: &[String]) -> Vec<String> {
        found(canaries, &self.seen)
    }
}
