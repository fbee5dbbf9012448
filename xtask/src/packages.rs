//! What the tests and benchmarks need beyond Rust: Debian's packages, and a few
//! from npm and PyPI. Only what is missing is installed, and said before.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place;
use crate::run::{Command, Failed, say, which};

/// The oldest Node that the browser tests run on.
const OLDEST_NODE: u32 = 18;

/// A need, and Debian's package for it.
pub(crate) struct Need {
    package: &'static str,
    met: Met,
}

/// How one knows that a need is met, wherever it came from.
enum Met {
    /// By a program.
    Program(&'static str),
    /// By a Node that is new enough.
    Node,
    /// By a file.
    File(&'static str),
    /// By an extension of PHP.
    Php(&'static str),
    /// By a Python that can make an environment of its own.
    Python,
}

/// Runs what comes from npm.
const NODE: Need = Need {
    package: "nodejs",
    met: Met::Node,
};

/// Gets it.
const NPM: Need = Need {
    package: "npm",
    met: Met::Program("npm"),
};

/// For the browser tests.
pub(crate) const BROWSER: &[Need] = &[
    Need {
        package: "chromium",
        met: Met::File("/usr/bin/chromium"),
    },
    NODE,
    NPM,
    // Japanese and Arabic pages are measured as their readers see them.
    Need {
        package: "fonts-noto-core",
        met: Met::File("/usr/share/fonts/truetype/noto"),
    },
    Need {
        package: "fonts-noto-cjk",
        met: Met::File("/usr/share/fonts/opentype/noto"),
    },
    // What is printed is read again.
    Need {
        package: "poppler-utils",
        met: Met::Program("pdftotext"),
    },
    // Two programs that take a page's text out are in Python.
    Need {
        package: "python3-venv",
        met: Met::Python,
    },
];

/// For the tests in front of a real WordPress, which start its database
/// themselves.
pub(crate) const WORDPRESS: &[Need] = &[
    Need {
        package: "wordpress",
        met: Met::File("/usr/share/wordpress/wp-load.php"),
    },
    Need {
        package: "wordpress-theme-twentytwentythree",
        met: Met::File("/usr/share/wordpress/wp-content/themes/twentytwentythree/style.css"),
    },
    Need {
        package: "mariadb-server",
        met: Met::Program("mariadbd"),
    },
    Need {
        package: "php-cli",
        met: Met::Program("php"),
    },
    Need {
        package: "php-mysql",
        met: Met::Php("mysqli"),
    },
    Need {
        package: "php-mbstring",
        met: Met::Php("mbstring"),
    },
    Need {
        package: "php-xml",
        met: Met::Php("xml"),
    },
    Need {
        package: "php-gd",
        met: Met::Php("gd"),
    },
    Need {
        package: "php-curl",
        met: Met::Php("curl"),
    },
];

/// A server that is compared with, and one that asks the gate.
const NGINX: Need = Need {
    package: "nginx-light",
    met: Met::Program("nginx"),
};

/// A cache that is compared with, and one that stands in for a CDN.
const VARNISH: Need = Need {
    package: "varnish",
    met: Met::Program("varnishd"),
};

/// For the tests of certificates and of HTTP/2 under load, the one that asks whether what is
/// acknowledged was synced, and those of what others put between readers and the gate.
pub(crate) const TESTS: &[Need] = &[
    NGINX,
    VARNISH,
    Need {
        package: "caddy",
        met: Met::Program("caddy"),
    },
    Need {
        package: "nghttp2-client",
        met: Met::Program("h2load"),
    },
    Need {
        package: "pebble",
        met: Met::Program("pebble"),
    },
    // Every statement of the store is prepared on it too.
    Need {
        package: "postgresql",
        met: Met::File("/usr/lib/postgresql"),
    },
    Need {
        package: "strace",
        met: Met::Program("strace"),
    },
];

/// The benchmark's peers, and what pins them to a core.
pub(crate) const PEERS: &[Need] = &[
    NGINX,
    Need {
        package: "libnginx-mod-http-lua",
        met: Met::File("/usr/lib/nginx/modules/ngx_http_lua_module.so"),
    },
    Need {
        package: "lua-nginx-redis",
        met: Met::File("/usr/share/lua/5.1/nginx/redis.lua"),
    },
    Need {
        package: "redis-server",
        met: Met::Program("redis-server"),
    },
    Need {
        package: "util-linux",
        met: Met::Program("taskset"),
    },
];

/// For asking what HTTP asks of caches: two caches, and what asks.
pub(crate) const CACHES: &[Need] = &[NGINX, VARNISH, NODE, NPM];

impl Need {
    pub(crate) fn is_met(&self) -> bool {
        match self.met {
            Met::Php(extension) => Command::new("php")
                .arg("-m")
                .output()
                .is_ok_and(|all| all.lines().any(|line| line == extension)),
            Met::Python => Command::new("python3")
                .args(["-c", "import ensurepip, venv"])
                .output()
                .is_ok(),
            Met::Program(program) => which(program).is_some(),
            Met::File(file) => Path::new(file).exists(),
            Met::Node => Command::new("node")
                .arg("--version")
                .output()
                .is_ok_and(|version| major(&version).is_some_and(|major| major >= OLDEST_NODE)),
        }
    }
}

/// The 20 of `v20.1.2`.
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// Meets the needs, or says which aren't met.
pub(crate) fn debian(needs: &[&Need], may_install: bool) -> Result<(), Failed> {
    let missing: Vec<&str> = needs
        .iter()
        .filter(|need| !need.is_met())
        .map(|need| need.package)
        .collect();
    if missing.is_empty() {
        say("Nothing to install from Debian: all of it is here.");
        return Ok(());
    }
    let list = missing.join(" ");
    let by_hand = format!("install it yourself: apt-get install {list}");
    if !may_install {
        return Err(Failed::new(format!("missing: {list}; {by_hand}")));
    }
    say(&format!("To install from Debian: {list}"));
    if which("apt-get").is_none() {
        return Err(Failed::new(format!(
            "this isn't Debian or a relative of it; {by_hand}"
        )));
    }
    apt_get(&["update"], &by_hand)?;
    let install = ["install", "--yes", "--no-install-recommends"];
    apt_get(&[&install[..], &missing[..]].concat(), &by_hand)?;
    match needs.iter().find(|need| !need.is_met()) {
        None => Ok(()),
        Some(need) => Err(Failed::new(format!(
            "{} was installed and is still not what is needed (Node must be {OLDEST_NODE} or newer)",
            need.package
        ))),
    }
}

/// As root, or by `sudo` where it asks for no password: there is nobody to
/// type one.
fn apt_get(words: &[&str], by_hand: &str) -> Result<(), Failed> {
    let quiet = "DEBIAN_FRONTEND=noninteractive";
    let root = Command::new("id").arg("-u").output()?.trim() == "0";
    let command = if root {
        Command::new("env")
    } else if Command::new("sudo").args(["-n", "true"]).output().is_ok() {
        Command::new("sudo").args(["-n", "env"])
    } else {
        return Err(Failed::new(format!(
            "neither root nor a sudo without password; {by_hand}"
        )));
    };
    command.arg(quiet).arg("apt-get").args(words).run()
}

/// Brings `node_modules` in `folder`, which is called `name`, to what the lock
/// file says, from the cache if that holds it.
pub(crate) fn npm(folder: &Path, name: &str, may_install: bool) -> Result<(), Failed> {
    let lock = read(&folder.join("package-lock.json"))?;
    // Which lock file a folder was filled by is written beside its packages.
    let is_current = |folder: &Path| {
        fs::read_to_string(folder.join("node_modules/.filled-by")).is_ok_and(|by| by == lock)
    };
    if is_current(folder) {
        say(&format!(
            "Nothing to install from npm for {name}/: all of it is here."
        ));
        return Ok(());
    }
    let kept = place::cache()?.join(name);
    if !is_current(&kept) {
        if !may_install {
            return Err(Failed::new(format!(
                "missing: the packages of {name}/package-lock.json; run `npm ci` in {name}/, or \
                 leave out --no-install"
            )));
        }
        say(&format!(
            "To install from npm: the packages of {name}/package-lock.json"
        ));
        let io = |error| Failed::new(format!("{}: {error}", kept.display()));
        fs::create_dir_all(&kept).map_err(io)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(folder.join(file), kept.join(file)).map_err(io)?;
        }
        let quiet = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
        Command::new("npm").args(quiet).within(&kept).run()?;
        fs::write(kept.join("node_modules/.filled-by"), &lock).map_err(io)?;
    }
    let here = folder.join("node_modules");
    Command::new("rm").arg("-rf").arg(&here).run()?;
    Command::new("cp")
        .arg("-R")
        .arg(kept.join("node_modules"))
        .arg(&here)
        .run()
}

/// Makes an environment of Python's with what `browser/requirements.txt` lists,
/// in the cache; the Python in it.
pub(crate) fn python(root: &Path, may_install: bool) -> Result<PathBuf, Failed> {
    let list = root.join("browser/requirements.txt");
    let wanted = read(&list)?;
    let kept = place::cache()?.join("python");
    let python = kept.join("bin/python");
    let filled_by = kept.join(".filled-by");
    if fs::read_to_string(&filled_by).is_ok_and(|by| by == wanted) {
        say("Nothing to install from PyPI: all of it is here.");
        return Ok(python);
    }
    if !may_install {
        return Err(Failed::new(
            "missing: the packages of browser/requirements.txt; leave out --no-install",
        ));
    }
    say("To install from PyPI: the packages of browser/requirements.txt");
    Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&kept)
        .run()?;
    Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--no-deps"])
        .args(["--disable-pip-version-check", "--requirement"])
        .arg(&list)
        .run()?;
    fs::write(&filled_by, &wanted)
        .map_err(|error| Failed::new(format!("{}: {error}", filled_by.display())))?;
    Ok(python)
}

fn read(file: &Path) -> Result<String, Failed> {
    fs::read_to_string(file).map_err(|error| Failed::new(format!("{}: {error}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_says_its_version_with_a_v() {
        for (said, expected) in [("v20.20.2\n", Some(20)), ("v8.1.0", Some(8)), ("20", None)] {
            assert_eq!(major(said), expected, "{said}");
        }
    }

    #[test]
    fn what_is_missing_is_named_and_not_installed_where_that_is_forbidden() {
        let need = Need {
            package: "moon-cheese",
            met: Met::Program("no-such-program"),
        };
        let failed = debian(&[&need], false)
            .expect_err("it is missing")
            .to_string();
        assert!(failed.contains("apt-get install moon-cheese"), "{failed}");
    }
}
