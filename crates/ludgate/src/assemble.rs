//! From a checked configuration to the parts of a gate. Used by `check`, at the
//! start and at every reload, so that all three accept and refuse the same
//! things.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::{Meter, MeterNo, Name, Rules};
use anyhow::{Context, Result, anyhow};
use gateway::{Articles, Asset, Crawling, PolicyParts, ReaderCookie, TrustedProxies};
use http::HeaderValue;
use indicatif::ProgressBar;
use page::Encoded;
use prompts::{Links, Messages, Prompts, Words};
use publication::{Aids, Beginning, Mistakes, Publication, Settings, Source};
use search::Index;
use upstream::Upstream;

use crate::closed;
use crate::config::{self, Config, Foreign, Origin};
use crate::cuts::Cuts;
use crate::looks::Looks;
use crate::newspaper::Newspaper;
use crate::openings::Openings;
use crate::origin::{Loader, Pages};
use crate::world;

/// Everything that a reload replaces.
pub(crate) struct Assembled {
    pub(crate) policy: PolicyParts,
    pub(crate) pages: Pages,
    pub(crate) appearance: Appearance,
}

/// What readers are shown on pages that aren't the publication's own.
#[derive(Clone)]
pub(crate) struct Appearance {
    pub(crate) prompts: Arc<Prompts>,
    /// What they are told, in every locale.
    pub(crate) messages: Arc<Messages>,
    pub(crate) looks: Option<Arc<Looks>>,
}

/// Where readers search whole texts, below the prefix.
const TEXT_SEARCH: &str = "account/search";

/// Gives a meter its number: the running store's, which are for good, or for a
/// mere check its place in the file.
pub(crate) type Numbering<'a> = &'a dyn Fn(usize, &Name) -> Result<MeterNo>;

/// The folder of a server's data in which what is made of the content is kept.
pub(crate) fn derived(data: &Path) -> PathBuf {
    data.join("publication")
}

/// Numbers meters by their places in the file.
pub(crate) fn in_order(index: usize, _: &Name) -> Result<MeterNo> {
    let no = u8::try_from(index).ok().and_then(MeterNo::new);
    no.context("there can be at most 64 meters")
}

/// What was known before, and where to keep what is found.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The stories that can be cut.
    pub(crate) cuts: &'a Cuts,
    /// Of which what hasn't changed is taken over.
    pub(crate) before: Option<&'a Pages>,
    /// Where what is made of the content is kept; only a running server does.
    pub(crate) derived: Option<&'a Path>,
    /// Where the publication is searched; in memory where there is none.
    pub(crate) index: Option<&'a Arc<Index>>,
    /// Where whole texts are searched, likewise.
    pub(crate) texts: Option<&'a Arc<search::Texts>>,
    /// Shows how far reading the content has come.
    pub(crate) bar: &'a ProgressBar,
}

/// Loads everything the configuration points to and puts it together. Takes
/// apart the stories that aren't known yet; keeps the connections to a
/// site that is asked as before. Crawlers are told by `crawling`. Blocks.
pub(crate) fn assemble(
    config: &Config,
    source: &Source,
    numbering: Numbering<'_>,
    openings: &Openings,
    known: Known<'_>,
    crawling: Option<&Crawling>,
) -> Result<Assembled> {
    let messages = Messages::load(config.messages.as_deref())
        .map_err(|errors| anyhow!("the messages can't be used:\n{errors}"))?;
    let messages = Arc::new(messages);
    let prompts = Prompts::load(
        config.templates.as_deref(),
        Arc::clone(&messages),
        words(config),
    )
    .map_err(|errors| anyhow!("the theme's prompts can't be used:\n{errors}"))?;
    closed::check(&prompts, &config.locales)?;
    let pages = match &config.origin {
        Origin::Content(_) => {
            let publication = content(config, source, known, &messages)?;
            let before = known.before.and_then(Pages::publication);
            let how = compile(config)?;
            let publication = known.cuts.settle(publication, before.as_deref(), &how)?;
            Pages::Publication(Arc::new(Newspaper::new(publication)?))
        }
        Origin::Site(foreign) => Pages::Site(site(foreign, known.before)?),
    };
    let appearance = Appearance {
        prompts: Arc::new(prompts),
        messages,
        looks: Looks::load(config)?.map(Arc::new),
    };
    let behind = (&pages, crawling);
    let policy = policy(config, &appearance, behind, numbering, openings)?;
    Ok(Assembled {
        policy,
        pages,
        appearance,
    })
}

fn site(foreign: &Foreign, before: Option<&Pages>) -> Result<Arc<Upstream>> {
    let same = before
        .and_then(Pages::site)
        .filter(|site| *site.settings() == foreign.servers);
    match same {
        Some(site) => Ok(Arc::clone(site)),
        None => Ok(Arc::new(Upstream::new(foreign.servers.clone())?)),
    }
}

fn content(
    config: &Config,
    source: &Source,
    known: Known<'_>,
    messages: &Arc<Messages>,
) -> Result<Publication> {
    let before = known.before.and_then(Pages::publication);
    let progress = |done: usize, of: usize| {
        known.bar.set_length(of as u64);
        known.bar.set_position(done as u64);
    };
    let aids = Aids {
        before: before.as_deref(),
        now: Some(world::now()),
        // What readers have at a start is what whoever starts it has seen to.
        mistakes: Mistakes::HoldBack,
        progress: &progress,
    };
    let loaded = loader(config, source, known).load(Arc::clone(messages), aids);
    known.bar.finish_and_clear();
    loaded.map_err(|errors| anyhow!("the content can't be used:\n{errors}"))
}

fn loader(config: &Config, source: &Source, known: Known<'_>) -> Loader {
    let locale = config
        .locales
        .first()
        .cloned()
        .unwrap_or_else(prompts::Locale::english);
    Loader {
        source: source.clone(),
        settings: Settings {
            url: config.url.text.clone(),
            locale,
            zone: config.zone.clone(),
            account: config.links.account.clone(),
            subscribe: Some(config.links.subscribe.clone()),
            app: config
                .has_own_app()
                .then(|| format!("{}app", config.gate.prefix)),
            give: config.gifts.map(|_| format!("{}gift", config.gate.prefix)),
            derived: known.derived.map(Path::to_owned),
            beginning: beginning(config),
            search: known.index.cloned(),
            // Nobody is entitled to anything where there are no accounts.
            texts: known.texts.filter(|_| config.mail.is_some()).cloned(),
            text_search: config
                .mail
                .is_some()
                .then(|| format!("{}{TEXT_SEARCH}", config.gate.prefix)),
        },
        theme: config.templates.clone(),
    }
}

/// How much of every story may be found. Only of the built-in theme is it known
/// that the text is the element that the gate cuts, and nothing else.
fn beginning(config: &Config) -> Beginning {
    let own_page = config.templates.as_ref().is_some_and(|theme| {
        let files = ["publication/story.html", "publication/parts.html"];
        files.iter().any(|file| theme.join(file).exists())
    });
    if own_page || config.articles.body != [config::BODY] {
        return Beginning::Nothing;
    }
    match config.articles.preview {
        page::Preview::Words(words) => Beginning::Words(words),
        page::Preview::Paragraphs(paragraphs) => Beginning::Paragraphs(paragraphs),
    }
}

fn words(config: &Config) -> Words {
    let links = &config.links;
    Words {
        publication: config.name.clone(),
        links: Links {
            subscribe: links.subscribe.clone(),
            offers: links.offers.clone(),
            login: links.login.clone(),
            register: links.register.clone(),
            account: links.account.clone(),
        },
        benefits: config.benefits.clone(),
    }
}

/// The rules with what is open in a hurry in front of them.
fn rules(config: &Config, number: Numbering<'_>, openings: &Openings) -> Result<Rules> {
    let meters: Vec<Meter> = config
        .meters
        .iter()
        .enumerate()
        .map(|(index, meter)| Ok(meter.numbered(number(index, &meter.id)?)))
        .collect::<Result<_>>()?;
    let rules = Rules::new(config.zone.clone(), meters, config.rules.clone())?;
    Ok(rules.behind(openings.rules().collect())?)
}

/// How the publication's pages are cut.
pub(crate) fn compile(config: &Config) -> Result<page::Options> {
    let prefix = &config.gate.prefix;
    let url = &config.url.text;
    let origin = page::Origin::parse(url).with_context(|| format!("{url} is no site"))?;
    let articles = &config.articles;
    let mut compile = page::Options::new(origin)
        .body(&articles.body)?
        .inside(&articles.lists, page::Role::List)?
        .inside(&articles.continued, page::Role::Continued)?;
    compile.preview = config.articles.preview;
    compile.default_tier = config.articles.tier;
    compile.style_href = Some(format!("{prefix}{}", style()));
    compile.script_href = Some(format!("{prefix}{}", script()));
    Ok(compile)
}

/// The prompts' style sheet, below the prefix.
fn style() -> String {
    format!("assets/prompts.{}.css", prompts::style_hash())
}

/// Their script likewise.
fn script() -> String {
    format!("assets/prompts.{}.js", prompts::script_hash())
}

/// A policy of `config` and what is open besides; reads no file.
pub(crate) fn policy(
    config: &Config,
    appearance: &Appearance,
    (pages, crawling): (&Pages, Option<&Crawling>),
    numbering: Numbering<'_>,
    openings: &Openings,
) -> Result<PolicyParts> {
    // Numbers are for long, so none is given out before all else is sound.
    rules(config, &in_order, openings)?;
    let asset = |path: String, content_type: &'static str, content: &[u8]| Asset {
        path: path.into(),
        content_type: HeaderValue::from_static(content_type),
        content: Arc::new(Encoded::new(content)),
    };
    let mut assets = vec![
        asset(style(), "text/css; charset=utf-8", prompts::style()),
        asset(
            script(),
            "text/javascript; charset=utf-8",
            prompts::script(),
        ),
    ];
    let looks = appearance.looks.as_ref();
    assets.extend(looks.map(|looks| {
        asset(
            looks.path.clone(),
            "text/css; charset=utf-8",
            &looks.content,
        )
    }));
    let own = web::assets().into_iter();
    assets.extend(own.map(|own| asset(own.path.to_owned(), own.kind, own.content)));
    Ok(PolicyParts {
        rules: rules(config, numbering, openings)?,
        articles: Articles {
            compile: compile(config)?,
            paths: config.articles.paths.clone(),
            max_age: config.articles.max_age,
            query: config.articles.query.clone(),
        },
        origin: Arc::new(pages.clone()),
        site: match &config.origin {
            Origin::Content(_) => None,
            Origin::Site(foreign) => Some(Arc::new(foreign.site.clone())),
        },
        prompts: Arc::clone(&appearance.prompts),
        locales: config.locales.clone(),
        negotiate_locale: config.negotiate_locale,
        gifts: config.gifts,
        mode: config.gate.mode,
        expose_decisions: config.expose_decisions,
        fresh_readers: config.gate.fresh_readers,
        fresh_hours: config.privacy.hours(),
        prefix: config.gate.prefix.as_str().into(),
        url: config.url.text.as_str().into(),
        host: config.url.host.as_str().into(),
        assets,
        looks: looks.map(|looks| looks.address(config).into()),
        trusted_proxies: TrustedProxies::new(config.server.trusted_proxies.clone()),
        asker: config.gate.asker,
        country_header: config.gate.country_header.clone(),
        countries: config
            .gate
            .countries
            .as_ref()
            .map(|file| Arc::clone(&file.countries)),
        crawling: crawling.cloned(),
        hsts: config.server.tls.as_ref().and_then(|tls| tls.hsts.clone()),
        cookie: ReaderCookie::new(config.url.https),
        zstd: config.server.zstd,
    })
}
