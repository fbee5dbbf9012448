//! The publication as a whole: loading it, and answering for it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use bytes::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pictures::{Darkroom, Order};
use prompts::{Locale, Messages, Theme};
use search::{Index, Texts};

use crate::assets::{self, Assets};
use crate::content::{
    BodyError, Catalogue, ContentErrors, Loading, Mistakes, Problem, Progress, Slug, Source, Story,
};
use crate::desk::Desk;
use crate::feeds::{self, Format, Scope};
use crate::routes;
use crate::search::{Beginning, Extent, Finder};
use crate::view::{Stretch, percent, series_path};
use crate::xml;

/// What the program decides about a publication, and its editor doesn't.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The publication's address, such as `https://review.example`: canonical
    /// links begin with it. Without a path, a query or a final slash.
    pub url: String,
    /// The language of the furniture, and of the content where
    /// `publication.toml` doesn't name another.
    pub locale: Locale,
    /// Where the newspaper's day begins and ends.
    pub zone: TimeZone,
    /// Where "Sign in" leads; `None` for no such link.
    pub account: Option<String>,
    /// Where "Subscribe" leads; where it is `None`, to the page of that name
    /// if there is one.
    pub subscribe: Option<String>,
    /// Where the list of saved stories is, and the app that keeps them; `None` where
    /// there is none.
    pub app: Option<String>,
    /// Where subscribers give a story to others; `None` where they can't.
    pub give: Option<String>,
    /// Where what is made of the content is kept, so that only what has changed
    /// is looked into again: a folder that is this publication's alone, and that
    /// can be deleted at any time. `None` keeps all of it in memory.
    pub derived: Option<PathBuf>,
    /// How much of every story everybody may read, and therefore find.
    pub beginning: Beginning,
    /// Where the paper is searched, which whoever has it tells what there is
    /// ([`Publication::index`]). Where it is `None`, in memory, filled by the
    /// first search: for small papers, checks and tests.
    pub search: Option<Arc<Index>>,
    /// Where whole texts are searched, likewise ([`Publication::index_texts`]).
    pub texts: Option<Arc<Texts>>,
    /// Where subscribers search whole texts; `None` where nobody can.
    pub text_search: Option<String>,
}

/// A newspaper that is ready to be read.
#[derive(Debug)]
pub struct Publication {
    pub(crate) catalogue: Catalogue,
    pub(crate) settings: Settings,
    pub(crate) theme: Arc<Theme>,
    pub(crate) assets: Arc<Assets>,
    /// What readers read most, the most read first.
    pub(crate) most_read: RwLock<Arc<[Slug]>>,
    pub(crate) darkroom: OnceLock<Arc<Darkroom>>,
    pub(crate) finder: Finder,
    /// Whether templates are the publisher's, who may be wrong.
    pub(crate) is_themed: bool,
}

/// What helps a load along. By default nothing does.
#[derive(Clone, Copy)]
pub struct Aids<'a> {
    /// What was loaded before, from which what hasn't changed is taken.
    pub before: Option<&'a Publication>,
    /// The time, to tell which files may have been changed without a trace; all
    /// may where it isn't told, and are read.
    pub now: Option<Timestamp>,
    /// What becomes of stories with mistakes, where something was loaded before.
    pub mistakes: Mistakes,
    /// Told how many stories of how many have been taken apart.
    pub progress: Progress<'a>,
}

impl Default for Aids<'_> {
    fn default() -> Self {
        Self {
            before: None,
            now: None,
            mistakes: Mistakes::default(),
            progress: &|_, _| {},
        }
    }
}

/// An answer to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status: 200, 301, 302, 404, 410, or 500 where a template failed.
    pub status: u16,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The whole body; never cut. Cheap to clone.
    pub body: Bytes,
    /// Where a 301 or 302 leads: a path within the publication.
    pub redirect: Option<String>,
    /// What was answered.
    pub kind: Kind,
}

/// The feeds of a section, or of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// The section's name; `None` for everything.
    pub section: Option<String>,
    /// The format's own name, and the path.
    pub places: Vec<(&'static str, String)>,
}

/// What a response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The front page.
    Front,
    /// A section, topic, series or author, a part of the archive, or the
    /// corrections.
    Listing,
    /// A story.
    Story,
    /// A page such as the imprint.
    Page,
    /// Search results. They depend on the query and shouldn't be kept.
    Search,
    /// What somebody may mean who is still typing. May be kept for a minute.
    Suggestions,
    /// The feed, the sitemap or robots.txt.
    Machine,
    /// A picture as it was handed in, less what isn't the picture.
    Picture,
    /// A picture in one of its sizes, whose address changes with it: it may be
    /// kept for ever.
    Print,
    /// A style sheet, script or icon, whose address changes with its content:
    /// it may be kept for ever.
    Asset,
    /// A redirect to the canonical address.
    Redirect,
    /// Nothing is there.
    Missing,
    /// A story was there and was withdrawn.
    Gone,
    /// A template of the publisher's failed; the body is plain text.
    Failed,
}

/// How many stories can be ranked: more than the largest place on a page has
/// room for, since some of them may be withdrawn meanwhile.
const MOST_RANKED: usize = 100;

/// Stories whose pictures are made ready before anybody asks: all that are found
/// on the front page and the first pages of a dozen sections.
const AHEAD: usize = 256;

/// What templates make that has to be XML, each with a page that it makes.
const XML: [(&str, &str); 5] = [
    ("feed.xml", "/feed.xml"),
    ("rss.xml", "/rss.xml"),
    ("sitemap-index.xml", "/sitemap.xml"),
    ("sitemap.xml", "/sitemaps/pages.xml"),
    ("sitemap-news.xml", "/sitemaps/news.xml"),
];

/// The longest publication address, in bytes; host names have at most 253.
const MAX_URL: usize = 300;

impl Publication {
    /// Reads, checks and prepares everything.
    ///
    /// `theme_folder` is one whose `publication/*.html` override the built-in
    /// templates, and whose `tokens.css` and `publication/site.css` are added to
    /// the style sheet. Mistakes in the content are reported together, each with its
    /// file, line and what to write instead; so are a theme's templates that
    /// fail on a page of this content.
    pub fn load(
        source: &Source,
        settings: Settings,
        theme_folder: Option<&Path>,
        messages: Arc<Messages>,
    ) -> Result<Self, ContentErrors> {
        Self::load_with(source, settings, theme_folder, messages, Aids::default())
    }

    /// The same, helped along.
    pub fn load_with(
        source: &Source,
        settings: Settings,
        theme_folder: Option<&Path>,
        messages: Arc<Messages>,
        aids: Aids<'_>,
    ) -> Result<Self, ContentErrors> {
        let settings = checked(settings)?;
        let catalogue = Catalogue::load(&settings.loading(source, aids))?;
        let assets = Assets::load(&catalogue.paper.name, theme_folder)?;
        let templates = assets::templates();
        let builtin = templates
            .iter()
            .map(|(name, source)| (name.as_str(), source.as_str()));
        let theme = Theme::load(builtin, theme_folder, messages)
            .map_err(|errors| ContentErrors::one("theme", Problem::Template(errors.to_string())))?;
        Self {
            finder: Finder::new(settings.search.as_ref(), settings.texts.as_ref()),
            catalogue,
            settings,
            theme: Arc::new(theme),
            assets: Arc::new(assets),
            most_read: RwLock::default(),
            darkroom: OnceLock::new(),
            is_themed: theme_folder.is_some(),
        }
        .rehearsed()
    }

    /// Checked to render, where the templates are the publisher's.
    pub(crate) fn rehearsed(self) -> Result<Self, ContentErrors> {
        if self.is_themed {
            self.rehearse()?;
        }
        Ok(self)
    }

    /// Renders a page of every kind, and stories of either sort, so that a
    /// template that fails is found now and not by a reader.
    fn rehearse(&self) -> Result<(), ContentErrors> {
        let stories = self.stories();
        // At the time of the latest story all of them are out.
        let Some(now) = stories.first().map(|story| story.published) else {
            return Ok(());
        };
        let richest = stories.iter().filter(|story| story.sponsor.is_none());
        let richest = richest.max_by_key(|story| (story.corrections.len(), story.words));
        let sponsored = stories.iter().find(|story| story.sponsor.is_some());
        let page = self.catalogue.pages.keys().next();
        let section = self.catalogue.paper.sections.first();
        let series = self.catalogue.paper.series.iter();
        let day = stories.first().map(|story| {
            let zone = self.settings.zone.clone();
            Stretch::Day(story.published.to_zoned_datetime(zone).date()).path()
        });
        let gone = self.catalogue.stories.withdrawn().next();
        let listed = self.catalogue.paper.gone.first();
        let listed = listed.map(|listed| format!("/stories/{}", listed.story.value));
        let authors = self.catalogue.stories.authors.keys();
        let paths = [
            "/",
            "/search",
            "/archive",
            "/corrections",
            "/rehearsal/of/the/missing/page",
            "/feeds",
            "/robots.txt",
        ]
        .into_iter()
        .chain(XML.map(|(_, path)| path))
        .map(str::to_owned)
        .chain(
            richest
                .into_iter()
                .chain(sponsored)
                .map(|story| story.path()),
        )
        .chain(page.map(|slug| format!("/pages/{slug}")))
        .chain(section.map(|section| format!("/sections/{}", section.id)))
        .chain(series.map(series_path))
        .chain(day)
        .chain(gone.map(Story::path).or(listed))
        .chain(
            authors
                .take(1)
                .map(|id| format!("/authors/{}", percent(id))),
        );
        for path in paths {
            let response = self.respond(&path, None, now);
            if response.kind == Kind::Failed {
                let said = String::from_utf8_lossy(&response.body);
                let said = said.lines().last().unwrap_or_default().to_owned();
                return Err(ContentErrors::one("theme", Problem::Template(said)));
            }
            if let Some((template, _)) = XML.iter().find(|(_, xml)| *xml == path)
                && let Err(fault) = xml::check(&String::from_utf8_lossy(&response.body))
            {
                let said = format!("publication/{template} makes {path}, which isn't XML: {fault}");
                return Err(ContentErrors::one("theme", Problem::Template(said)));
            }
        }
        Ok(())
    }

    /// The answer to a GET of `path` with `query` (without its `?`) at `now`.
    ///
    /// `path` is as it came in the request: percent-encoded, beginning with a
    /// slash. Stories whose time hasn't come don't exist at `now`. Total: what
    /// isn't there is a 404 with a page of its own.
    pub fn respond(&self, path: &str, query: Option<&str>, now: Timestamp) -> Response {
        routes::respond(self, path, query, now)
    }

    /// The print that `path` is the address of at `now`, for a darkroom to make or to
    /// find: it takes tenths of a second to make one, as [`Self::respond`] does each
    /// time.
    pub fn print(&self, path: &str, now: Timestamp) -> Option<Order> {
        routes::print(self, path, now)
    }

    /// From now on prints are made in that darkroom, which keeps those of this
    /// publication's pictures and no others, and has those of the latest stories
    /// made before anybody asks. Without one each is made when it is asked for,
    /// and kept by nobody.
    pub fn develop_in(&self, darkroom: &Arc<Darkroom>) {
        let files = &self.catalogue.pictures;
        let in_use = files.values().map(|file| file.fingerprint).collect();
        let latest = self
            .stories()
            .iter()
            .filter_map(|story| story.picture.as_ref());
        let named = latest.filter_map(|picture| files.get_key_value(&picture.file));
        let negatives = named.filter_map(|(name, file)| file.negative(name));
        darkroom.use_only(&in_use, negatives.take(AHEAD).collect());
        // Once and for good: a publication that is loaded again is another one.
        let _ = self.darkroom.set(Arc::clone(darkroom));
    }

    /// Where prints are made, if anywhere.
    pub fn darkroom(&self) -> Option<&Arc<Darkroom>> {
        self.darkroom.get()
    }

    /// When the next story appears that isn't out at `now`: until then no list
    /// changes by itself.
    pub fn next_appearance(&self, now: Timestamp) -> Option<Timestamp> {
        self.catalogue.stories.all.next(now)
    }

    /// What the page of a story is made of besides the story: templates, assets,
    /// settings, and what the paper is. A hash.
    pub fn mould(&self) -> [u8; 32] {
        let Settings {
            url,
            locale,
            account,
            subscribe,
            give,
            app,
            ..
        } = &self.settings;
        let said = format!("{url}\n{locale}\n{account:?}\n{subscribe:?}\n{give:?}\n{app:?}");
        let mut hash = blake3::Hasher::new();
        hash.update(self.assets.templates.as_bytes())
            .update(self.catalogue.frame.bytes())
            .update(self.assets.style.path.as_bytes())
            .update(self.assets.script.path.as_bytes())
            .update(self.assets.app.path.as_bytes())
            .update(said.as_bytes());
        *hash.finalize().as_bytes()
    }

    /// What a story was when it was read: changes with every change of its file.
    pub fn fingerprint(&self, story: &Story) -> [u8; 32] {
        *story.source.bytes()
    }

    /// Every story, the latest first, those to come included, but none that was
    /// withdrawn.
    pub fn stories(&self) -> &[Arc<Story>] {
        self.catalogue.stories.all.all()
    }

    /// The story of that slug, whether it is out or not.
    pub fn story(&self, slug: &str) -> Option<&Arc<Story>> {
        self.catalogue.stories.story(slug)
    }

    /// The words of a story as one text, without markup: what a gate must
    /// withhold. May read from the disk.
    pub fn text(&self, story: &Story) -> Result<String, BodyError> {
        Ok(self.catalogue.body(story)?.text.clone())
    }

    /// Where the text of a story begins, for whoever has to mend it: its file within
    /// the content folder, and the line. May read from the disk.
    pub fn place(&self, story: &Story) -> String {
        self.catalogue.place(story)
    }

    /// What everybody may find of a story, for checks. May read from the disk.
    pub fn findable(&self, story: &Story) -> Result<search::Document, BodyError> {
        crate::search::document(self, story, Extent::Beginning)
    }

    /// Whether an answer to `path` takes milliseconds and reads files, so that
    /// nobody should wait for it on a thread that serves others.
    pub fn takes_long(&self, path: &str) -> bool {
        routes::is_search(path) || path.starts_with("/pictures/")
    }

    /// Tells the index of the settings what there is at `now`, as far as it
    /// doesn't know. Blocks, for minutes where it knows nothing of a large
    /// paper; `go_on` is asked every second or so whether to.
    pub fn index(
        &self,
        now: Timestamp,
        go_on: &dyn Fn() -> bool,
    ) -> Result<search::Synced, search::Error> {
        self.finder.sync(self, Extent::Beginning, now, go_on)
    }

    /// The same for the index of whole texts, where the settings have one.
    pub fn index_texts(
        &self,
        now: Timestamp,
        go_on: &dyn Fn() -> bool,
    ) -> Result<search::Synced, search::Error> {
        if self.settings.texts.is_none() {
            return Ok(search::Synced::nothing());
        }
        self.finder.sync(self, Extent::Whole, now, go_on)
    }

    /// Whether every whole text is in its index; `None` where nobody searches them.
    pub fn has_indexed_texts(&self) -> Option<bool> {
        let texts = self.settings.texts.as_ref()?;
        Some(texts.is_complete())
    }

    /// Says what readers read most, the most read first. Pages made from now on
    /// show it; names of stories that there are none of are passed over, and so
    /// are those beyond the hundredth. Until it is said, nothing is shown.
    pub fn rank(&self, slugs: impl IntoIterator<Item = Slug>) {
        let ranked = slugs.into_iter().take(MOST_RANKED).collect();
        *self
            .most_read
            .write()
            .unwrap_or_else(PoisonError::into_inner) = ranked;
    }

    /// What readers read most, as was said last.
    pub(crate) fn most_read(&self) -> Arc<[Slug]> {
        let ranked = self.most_read.read();
        Arc::clone(&ranked.unwrap_or_else(PoisonError::into_inner))
    }

    /// The sections, as rules name them.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        self.catalogue
            .paper
            .sections
            .iter()
            .map(|section| section.id.as_str())
    }

    /// What there are feeds of that people are shown a list of: everything, and
    /// each section.
    pub fn feeds(&self) -> Vec<Feeds> {
        let of = |scope: Scope<'_>| Feeds {
            section: scope.name().map(str::to_owned),
            places: Format::ALL
                .into_iter()
                .map(|format| (format.name(), scope.feed(format)))
                .collect(),
        };
        Scope::main(&self.catalogue).map(of).collect()
    }

    /// The paths of the stories that one reader's feed at `path` has, the latest
    /// first; `None` where there is no feed. Any feed can be one reader's, those of
    /// topics and authors included.
    pub fn feed_stories(&self, path: &str, now: Timestamp) -> Option<Vec<String>> {
        let stories = routes::feed(self, path, now)?;
        let stories = feeds::stories(self, stories, now);
        Some(stories.map(Story::path).collect())
    }

    /// The feed at `path` for one reader: with the whole text of those of its
    /// stories whose paths are in `whole`, and as everybody may read the others.
    /// Whoever asks has found that the reader may read them, and shows it to nobody
    /// else.
    pub fn feed_with(
        &self,
        path: &str,
        whole: &HashSet<String>,
        now: Timestamp,
    ) -> Option<Response> {
        let place = routes::feed(self, path, now)?;
        let document = feeds::with_whole(self, place, whole, now);
        Some(Desk::new(self, now).document(place.format, &document))
    }

    /// The publication's name.
    pub fn name(&self) -> &str {
        &self.catalogue.paper.name
    }

    /// The paths of every page at `now`, for checks and for making a static
    /// copy.
    pub fn paths(&self, now: Timestamp) -> Vec<String> {
        routes::all(self, now)
    }
}

impl Settings {
    pub(crate) fn loading<'a>(&'a self, source: &'a Source, aids: Aids<'a>) -> Loading<'a> {
        Loading {
            source,
            locale: &self.locale,
            zone: &self.zone,
            derived: self.derived.as_deref(),
            before: aids.before.map(|before| &before.catalogue),
            now: aids.now,
            mistakes: aids.mistakes,
            progress: aids.progress,
        }
    }
}

/// The settings with the address normalised.
fn checked(mut settings: Settings) -> Result<Settings, ContentErrors> {
    let refuse = |what: &str| {
        let advice = format!("{what}; write one such as https://review.example");
        Err(ContentErrors::one("url", Problem::Settings(advice)))
    };
    let url = settings.url.trim_end_matches('/');
    let Some(host) = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
    else {
        return refuse("the publication's address must begin with https:// or http://");
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || url.len() > MAX_URL || !host.chars().all(plain) {
        return refuse("the publication's address must be a host name, with a port at most");
    }
    settings.url = url.to_owned();
    Ok(settings)
}
