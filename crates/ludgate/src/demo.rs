//! `ludgate demo`: the demonstration publication, compiled into the program.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Result, anyhow};
use prompts::Locale;
use publication::{EmbeddedFiles, Source};
use rust_embed::RustEmbed;

use crate::cli::DemoArgs;
use crate::config::Config;
use crate::log;
use crate::server::{self, Configured, Listening, Start};

#[derive(RustEmbed)]
#[folder = "../../demo/content"]
struct Content;

const CONFIG: &str = include_str!("../../../demo/ludgate.toml");

/// The content as a table that lives as long as the program.
static FILES: LazyLock<Vec<(&'static str, &'static [u8])>> = LazyLock::new(|| {
    Content::iter()
        .filter_map(|path| {
            let bytes = Content::get(&path)?.data;
            Some((leak(path.into_owned()), &*bytes.into_owned().leak()))
        })
        .collect()
});

/// Once, for a program that holds on to it until it ends.
fn leak(text: String) -> &'static str {
    text.leak()
}

/// The demonstration's content.
fn files() -> EmbeddedFiles {
    &FILES
}

/// Runs it.
pub(crate) fn run(args: &DemoArgs) -> Result<()> {
    let config = config(args)?;
    log::start(&config.log, std::io::stderr().is_terminal())?;
    let start = Start {
        config,
        configured: Configured::Fixed,
        source: Source::Embedded(files()),
    };
    server::run(start, &|listening| {
        // A terminal that has gone away is no reason to stop serving.
        let _ = greet(listening, args);
    })
}

/// The demonstration's own configuration, with what the command line says.
fn config(args: &DemoArgs) -> Result<Config> {
    let mut config = Config::parse(CONFIG, Path::new(""))
        .map_err(|errors| anyhow!("the demonstration's configuration is wrong: {errors:?}"))?;
    let url = format!("http://{}", args.listen);
    config.url.host = args.listen.ip().to_string();
    config.url.text = url;
    config.server.listen = args.listen;
    config.server.admin = args.admin;
    config.server.data.clone_from(&args.data);
    if let Some(threads) = args.threads {
        config.server.threads = threads.clamp(1, 256);
    }
    config.locales = vec![args.locale.parse::<Locale>()?];
    Ok(config)
}

fn greet(listening: &Listening, args: &DemoArgs) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "The Ludgate Review is at  http://{}/",
        listening.readers
    )?;
    writeln!(
        out,
        "Its metrics are at        http://{}/metrics",
        listening.admin
    )?;
    if listening.token_is_new {
        writeln!(
            out,
            "The admin token is        {}",
            listening.token.reveal()
        )?;
    } else {
        writeln!(
            out,
            "The admin token is in     {}",
            listening.token_path.display()
        )?;
    }
    writeln!(
        out,
        "\nThree metered stories a month are free; the fourth shows its beginning and the wall.\n\
         To see why:  ludgate explain --data {} --story /stories/…\n\
         Stop with Ctrl-C.",
        args.data.display()
    )?;
    Ok(())
}
