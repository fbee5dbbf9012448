//! What an attack is: a request, what is due in answer, and how one knows that
//! it would find something if nothing were withheld.

use std::borrow::Cow;
use std::net::SocketAddr;

use super::front::request;
use super::hunt::found;
use super::site::{HOME, SECRET, Site};
use super::wire::{Reply, exchange, replies};

/// How often a redirection is followed.
const MOST_REDIRECTIONS: usize = 3;

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
    /// The story whose beginning is due.
    pub(crate) page: Option<&'static str>,
    pub(crate) proof: Proof,
    /// Whether somebody new makes it, who may read what is metered.
    pub(crate) is_new: bool,
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
        page: None,
        proof: Proof::Uncut,
        is_new: false,
    }
}

/// A request that is written out, which must ask for the end of the connection.
pub(crate) fn raw(row: u8, name: &'static str, text: &'static str) -> Attack {
    Attack {
        raw: Some(text),
        ..get(row, name, "")
    }
}

impl Attack {
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

    /// Makes the attack, as a browser does that goes where it is sent.
    pub(crate) fn make(&self, to: SocketAddr, site: &Site, cookie: &str) -> Outcome {
        let fill = |text: &str| Self::filled(site, cookie, text);
        if let Some(text) = self.raw {
            let text = fill(text);
            let method = text.split(' ').next().unwrap_or_default();
            return Outcome::of(&exchange(to, text.as_bytes()), method);
        }
        let headers: Vec<String> = self.headers.iter().map(|line| fill(line)).collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let (method, mut target) = (self.method, fill(&self.target));
        let first = request(method, &target, &headers, &fill(self.body));
        let mut outcome = Outcome::of(&exchange(to, &first), method);
        for _ in 0..MOST_REDIRECTIONS {
            let Some(next) = outcome.leads_to().filter(|next| *next != target) else {
                break;
            };
            target = next;
            let again = request("GET", &target, &headers, "");
            outcome.add(&exchange(to, &again), "GET");
        }
        outcome
    }

    /// What the site itself hands out for what an attack hides.
    pub(crate) fn hidden(target: &str, site: &Site) -> Outcome {
        let target = Self::filled(site, "", target);
        let secret = format!("X-Gate: {SECRET}");
        let bytes = request("GET", &target, &[&secret], "");
        Outcome::of(&exchange(site.address, &bytes), "GET")
    }
}

/// What came of it.
pub(crate) struct Outcome {
    /// All bytes that came, as they came and as they are read.
    seen: Vec<u8>,
    pub(crate) replies: Vec<Reply>,
}

impl Outcome {
    fn of(bytes: &[u8], method: &str) -> Self {
        let mut outcome = Self {
            seen: Vec::new(),
            replies: Vec::new(),
        };
        outcome.add(bytes, method);
        outcome
    }

    fn add(&mut self, bytes: &[u8], method: &str) {
        self.seen.extend_from_slice(bytes);
        for reply in replies(bytes, method) {
            // What is read as it comes has been seen.
            if !bytes.ends_with(&reply.body) {
                self.seen.push(b'\n');
                self.seen.extend_from_slice(&reply.body);
            }
            self.replies.push(reply);
        }
    }

    fn leads_to(&self) -> Option<String> {
        let last = self.replies.last()?;
        if !(300..400).contains(&last.status) {
            return None;
        }
        let place = last.header("location")?;
        let path = place.strip_prefix(HOME).unwrap_or(place);
        let path = path.split('#').next().unwrap_or_default();
        path.starts_with('/').then(|| path.to_owned())
    }

    /// The head of the last answer, if any came.
    pub(crate) fn head(&self) -> &str {
        self.replies.last().map_or("nothing", |reply| &reply.head)
    }

    pub(crate) fn last(&self) -> &Reply {
        self.replies.last().expect("an answer")
    }

    /// Those of `canaries` that came in any form.
    pub(crate) fn found(&self, canaries: &[String]) -> Vec<String> {
        found(canaries, &self.seen)
    }
}
