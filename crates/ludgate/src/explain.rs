//! `ludgate explain`: the server's side, that asks the gate, and the client's,
//! that prints what it said.

use std::io::Write;

use access::{Device, Language, Referrer};
use anstyle::{AnsiColor, Style};
use anyhow::{Context, Result, bail};
use gateway::Whence;
use jiff::Timestamp;
use prompts::Locale;

use crate::config::{nearest, parse_language, path_of};
use crate::control::{Explained, Question};
use crate::openings::local;
use crate::server::Running;

/// Asks the gate.
pub(crate) async fn explain(
    running: &Running,
    question: &Question,
    at: Timestamp,
) -> Result<Explained> {
    let gate = running.gate();
    let config = running.config();
    let path = path_of(&question.story, Some(&config.url)).map_err(anyhow::Error::msg)?;
    if let Some(published) = running.forthcoming(path, at) {
        bail!("{path} isn't out until {}", local(published, &config.zone));
    }
    let whence = whence(question, &config.locales)?;
    let who = gate.who(&question.reader)?;
    let said = gate.explain(path, &who, &whence, at).await?;
    let decision = said.explanation.decision;
    Ok(Explained {
        story: said.story.id.to_string(),
        facts: facts(&said.story),
        outcome: decision.outcome.as_str().to_owned(),
        reason: decision.reason.as_str().to_owned(),
        rule: said.rule.map(|rule| rule.to_string()),
        meter: decision
            .reading
            .map(|reading| (reading.used, reading.limit)),
        prompt: decision.prompt.map(|prompt| prompt.as_str().to_owned()),
        settled_before: said.explanation.settled_before.map(str::to_owned),
        gift: said.explanation.gift.map(str::to_owned),
        network: said.network.map(|network| network.to_string()),
        steps: said
            .explanation
            .steps
            .into_iter()
            .map(|step| (step.rule.to_string(), step.decided, step.why))
            .collect(),
    })
}

/// Where, on what and how the reader is said to read.
fn whence(question: &Question, locales: &[Locale]) -> Result<Whence> {
    let country = question.country.as_deref().map(|code| {
        access::Country::parse(code)
            .with_context(|| format!("\"{code}\" is no country code; write for example JP"))
    });
    let address = question.address.as_deref().map(|address| {
        address
            .parse()
            .with_context(|| format!("\"{address}\" is no address; write for example 192.0.2.7"))
    });
    let devices = Device::ALL.map(|one| (one.as_str().to_owned(), one));
    let referrers = Referrer::ALL.map(|one| (one.as_str().to_owned(), one));
    let locales: Vec<_> = locales.iter().map(|one| (one.to_string(), one)).collect();
    let one_of_ours = "locale of this publication";
    Ok(Whence {
        country: country.transpose()?,
        address: address.transpose()?,
        device: one_of("device", question.device.as_deref(), &devices)?.unwrap_or(Device::Desktop),
        referrer: one_of("referrer class", question.referrer.as_deref(), &referrers)?
            .unwrap_or(Referrer::Direct),
        language: question.language.as_deref().map(language).transpose()?,
        locale: one_of(one_of_ours, question.locale.as_deref(), &locales)?.cloned(),
    })
}

/// What `word` stands for among `known`.
fn one_of<T: Copy>(kind: &str, word: Option<&str>, known: &[(String, T)]) -> Result<Option<T>> {
    let Some(word) = word else { return Ok(None) };
    if let Some((_, found)) = known.iter().find(|(name, _)| name == word) {
        return Ok(Some(*found));
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
    match nearest(word, names.iter().copied()) {
        Some(near) => bail!("\"{word}\" is no {kind}; did you mean {near}?"),
        None => bail!("\"{word}\" is no {kind}; known are {}", names.join(", ")),
    }
}

fn language(word: &str) -> Result<Language> {
    parse_language(word).map_err(|why| anyhow::anyhow!("\"{word}\" {why}"))
}

fn facts(story: &access::Story) -> Vec<(String, String)> {
    let mut facts = vec![("tier".to_owned(), story.tier.as_str().to_owned())];
    let mut add = |name: &str, value: Option<String>| {
        facts.extend(value.map(|value| (name.to_owned(), value)));
    };
    let listed = |names: &[access::Name]| {
        let names: Vec<&str> = names.iter().map(access::Name::as_str).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    add("section", story.section.as_ref().map(ToString::to_string));
    add("tags", listed(&story.tags));
    add("authors", listed(&story.authors));
    add("published", story.published.map(|time| time.to_string()));
    add(
        "sponsor",
        story
            .sponsor
            .as_ref()
            .map(|sponsor| sponsor.name.to_string()),
    );
    facts
}

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const OPEN: Style = Style::new()
    .bold()
    .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const SHUT: Style = Style::new()
    .bold()
    .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));

/// Prints it; colours reach terminals only.
pub(crate) fn print(said: &Explained) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{STRONG}{}{STRONG:#}", said.story)?;
    for (name, value) in &said.facts {
        writeln!(out, "  {name:<10} {value}")?;
    }
    let style = if said.outcome == "full" { OPEN } else { SHUT };
    write!(
        out,
        "\n{style}{}{style:#}, because: {}",
        said.outcome, said.reason
    )?;
    if let Some(rule) = &said.rule {
        write!(out, " (rule \"{rule}\")")?;
    }
    writeln!(out)?;
    if let Some((used, limit)) = said.meter {
        writeln!(out, "  meter      {used} of {limit} used")?;
    }
    if let Some(prompt) = &said.prompt {
        writeln!(out, "  prompt     {prompt}")?;
    }
    writeln!(out)?;
    if let Some(why) = &said.settled_before {
        writeln!(out, "No rule was asked: {why}.")?;
    }
    for (rule, decided, why) in &said.steps {
        if *decided {
            writeln!(out, "  {STRONG}{rule:<14} decided: {why}{STRONG:#}")?;
        } else {
            writeln!(out, "  {rule:<14} {FAINT}passed over: {why}{FAINT:#}")?;
        }
    }
    if let Some(network) = &said.network {
        writeln!(
            out,
            "{FAINT}The address is in {network}, whose readers read by a subscription for that \
             network.{FAINT:#}"
        )?;
    }
    let by_gift = said.reason == "gift";
    if said.settled_before.is_none() && said.rule.is_none() && !by_gift {
        writeln!(out, "  No rule matched, so the story is for subscribers.")?;
    }
    match &said.gift {
        Some(why) if by_gift => writeln!(out, "{STRONG}Whatever rules say: {why}.{STRONG:#}")?,
        Some(why) => writeln!(out, "{FAINT}Besides, {why}.{FAINT:#}")?,
        None => {}
    }
    Ok(())
}
