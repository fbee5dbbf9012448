//! What accounts, mail and payments may be configured as, and what is refused.

use std::path::Path;

use providers::mail::Security;

use super::*;
use crate::config::{Config, ConfigErrors};

const PAPER: &str = "origin.content = \"content\"\n[publication]\nname = \"The Stanner Post\"\n\
                     url = \"https://post.example\"\ntimezone = \"Asia/Tokyo\"\n";

const MAIL: &str = "[mail]\nfrom = \"post@post.example\"\nfolder = \"mail\"\n";

const SELLER: &str = "[tax]\nseller = \"JP\"\n";

/// A folder with a file of each secret.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("live", "sk_live_abc\n"),
        ("test", "sk_test_abc\n"),
        ("hook", "whsec_abc\n"),
        ("word", "secret word\n"),
        ("large", &"x".repeat(5000)),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn config(text: &str) -> Result<Config, ConfigErrors> {
    let folder = folder();
    let text = format!("{PAPER}{text}");
    Config::parse(&text, folder.path()).map_err(|errors| ConfigErrors {
        file: Path::new("ludgate.toml").to_owned(),
        text,
        errors,
    })
}

#[track_caller]
fn good(text: &str) -> Config {
    config(text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Everything that is said has one of `words` in it, and each is said.
#[track_caller]
fn wrong(text: &str, words: &[&str]) {
    let errors = config(text).expect_err("a mistake");
    let said = errors.to_string();
    assert_eq!(errors.errors.len(), words.len(), "{said}");
    for words in words {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(!said.contains("_abc"), "no secret in {said}");
}

#[test]
fn without_mail_there_are_no_accounts_and_nothing_is_paid() {
    let config = good("");
    assert!(config.mail.is_none() && config.payments.is_none() && !config.is_test);
    assert_eq!(config.accounts.devices, 10);
    assert_eq!(config.accounts.session, 90 * DAY);
    let config = good("[accounts]\nsession = \"30 days\"\ndevices = 3\n");
    assert_eq!(config.accounts.devices, 3);
    assert_eq!(config.accounts.session, 30 * DAY);
}

#[test]
fn mail_goes_into_a_folder_or_to_a_server() {
    let mail = |text: &str| good(text).mail.expect("mail");
    let post = mail(MAIL);
    assert_eq!(post.from.as_str(), "post@post.example");
    assert!(matches!(post.way, Way::Folder(path) if path.ends_with("mail")));
    let post = mail(
        "[mail]\nfrom = \"post@post.example\"\nreply_to = \"desk@post.example\"\n\
         server = \"smtp.example:2525\"\ntls = \"starttls\"\nuser = \"post\"\n\
         password = { file = \"word\" }\nimprint = [\"The Stanner Post\", \"1 Ginza\"]\n",
    );
    let Way::Server(server) = post.way else {
        panic!("{:?}", post.way);
    };
    assert_eq!((server.host.as_str(), server.port), ("smtp.example", 2525));
    assert_eq!(server.security, Security::StartTls);
    assert_eq!(server.hello, "post.example");
    assert_eq!(
        server.login.map(|login| login.user),
        Some("post".to_owned())
    );
    assert_eq!(post.imprint.len(), 2);
}

#[test]
fn money_moves_by_the_sandbox_in_a_test_and_by_stripe() {
    let test = "test = true\n";
    let config = good(&format!(
        "{test}{MAIL}{SELLER}[payments]\nprovider = \"sandbox\"\n"
    ));
    assert!(config.is_test);
    assert_eq!(config.payments, Some(Payments::Sandbox));
    let stripe = format!(
        "{MAIL}{SELLER}[payments]\nprovider = \"stripe\"\nsecret_key = {{ file = \"live\" }}\n\
         publishable_key = \"pk_live_1\"\n\
         webhook_secrets = [{{ file = \"hook\" }}, {{ file = \"hook\" }}]\n"
    );
    let Some(Payments::Stripe(settings)) = good(&stripe).payments else {
        panic!("Stripe");
    };
    assert!(settings.key.is_live());
    assert!(good(&stripe).doubts().is_empty());
    let deaf = stripe.replace("{ file = \"hook\" }, { file = \"hook\" }", "");
    let doubts = good(&deaf).doubts();
    assert!(doubts[0].contains("webhook_secrets"), "{doubts:?}");
    assert_eq!(settings.webhook_secrets.len(), 2);
    assert_eq!(settings.base.to_string(), "https://api.stripe.com");
    wrong(&format!("{test}{stripe}"), &["moves real money"]);
    let tried = stripe.replace("\"live\"", "\"test\"");
    wrong(
        &tried,
        &["for real money, and the one that secret_key names for test"],
    );
    wrong(
        &stripe.replace("pk_live_1", "pk_test_1"),
        &["for test money, and the one that secret_key names for real"],
    );
    let tried = tried.replace("pk_live_1", "pk_test_1");
    let tried = format!("{test}{tried}base_url = \"http://127.0.0.1:8420\"\n");
    assert!(good(&tried).doubts().is_empty());
    let earnest = good(&tried.replace(test, "")).doubts();
    assert!(earnest[0].contains("moves no real money"), "{earnest:?}");
    let Some(Payments::Stripe(settings)) = good(&tried).payments else {
        panic!("Stripe");
    };
    assert_eq!(settings.base.to_string(), "http://127.0.0.1:8420");
    // A live key goes to Stripe, whoever has written something else there.
    for elsewhere in ["http://127.0.0.1:8420", "https://payments.example"] {
        wrong(
            &format!("{stripe}base_url = \"{elsewhere}\"\n"),
            &["told to Stripe alone, not to"],
        );
    }
    let same = format!("{stripe}base_url = \"https://api.stripe.com\"\n");
    assert!(good(&same).payments.is_some());
}

#[test]
fn a_price_that_stripe_doesnt_take_is_doubted() {
    let doubts = |price: &str| {
        let config = good(&format!(
            "{MAIL}{SELLER}[payments]\nprovider = \"stripe\"\nsecret_key = {{ file = \"live\" }}\n\
             publishable_key = \"pk_live_1\"\nwebhook_secrets = [{{ file = \"hook\" }}]\n\
             [products.digital]\ngrants = [\"read\"]\n[plans.monthly]\nproduct = \"digital\"\n\
             price = \"{price}\"\nevery = \"1 month\"\n[[offers]]\nid = \"standard\"\n\
             plan = \"monthly\"\n"
        ));
        config.doubts()
    };
    for fine in ["14.90 USD", "1500 JPY", "1500 ISK"] {
        assert_eq!(doubts(fine), Vec::<String>::new(), "{fine}");
    }
    let coarse = doubts("1.250 KWD");
    assert!(coarse[0].contains("takes KWD in coarser"), "{coarse:?}");
    let never = doubts("1.255 KWD");
    assert!(never[0].contains("1.255 KWD can't be charged"), "{never:?}");
}

#[test]
fn what_cannot_be_is_said_with_what_to_write() {
    wrong("[accounts]\nsession = \"2 min\"\n", &["a session lasts"]);
    wrong("[accounts]\ndevices = 0\n", &["1 to 100 devices"]);
    wrong("[acounts]\n", &["did you mean `accounts`?"]);
    wrong(
        "[mail]\nfrom = \"nobody\"\nfolder = \"mail\"\n",
        &["name@example.com"],
    );
    wrong("[mail]\nfrom = \"a@b.example\"\n", &["where mail goes"]);
    wrong(&format!("{MAIL}server = \"smtp.example\"\n"), &["not both"]);
    let server = "[mail]\nfrom = \"a@b.example\"\nserver = \"smtp.example\"\n";
    wrong(&format!("{server}user = \"a\"\n"), &["needs a password"]);
    wrong(
        &format!("{server}tls = \"none\"\n"),
        &["to this machine only"],
    );
    wrong(&format!("{server}tls = \"yes\"\n"), &["starttls"]);
    wrong(
        &server.replace("smtp.example", "smtp:port"),
        &["is no mail server"],
    );
    wrong(
        &format!("{server}user = \"a\"\npassword = {{ env = \"LUDGATE_NO_SUCH_VARIABLE\" }}\n"),
        &["LUDGATE_NO_SUCH_VARIABLE: isn't set"],
    );
    wrong(
        &format!("{server}user = \"a\"\npassword = {{ file = \"none\" }}\n"),
        &["can't be read"],
    );
    wrong(
        &format!("{server}user = \"a\"\npassword = {{ file = \"large\" }}\n"),
        &["too large"],
    );
}

#[test]
fn who_takes_money_says_all_that_takes_and_no_secret_is_repeated() {
    wrong(
        "[payments]\nprovider = \"sandbox\"\n",
        &["established", "accounts need mail", "play money"],
    );
    let stripe = |more: &str| format!("{MAIL}{SELLER}[payments]\nprovider = \"stripe\"\n{more}");
    wrong(
        &stripe(""),
        &[
            "Stripe needs a secret_key",
            "Stripe needs a publishable_key",
        ],
    );
    wrong(
        &stripe("secret_key = \"sk_live_abc\"\npublishable_key = \"pk_1\"\n"),
        &["doesn't stand in the configuration"],
    );
    wrong(
        &stripe("secret_key = { file = \"hook\" }\npublishable_key = \"pk_1\"\n"),
        &["no secret key of Stripe's"],
    );
    wrong(
        &stripe(
            "secret_key = { file = \"live\" }\npublishable_key = \"pk_1\"\n\
             webhook_secrets = [{ file = \"hook\" }, { file = \"hook\" }, { file = \"hook\" }]\n",
        ),
        &["at most 2 secrets"],
    );
    wrong(
        &stripe(
            "secret_key = { file = \"live\" }\npublishable_key = \"pk_1\"\n\
             base_url = \"http://payments.example\"\n",
        ),
        &["can't be asked for payments"],
    );
    wrong(
        &format!(
            "test = true\n{MAIL}{SELLER}[payments]\nprovider = \"sandbox\"\n\
             secret_key = \"sk_live_abc\"\n"
        ),
        &["is for Stripe"],
    );
    wrong(&stripe("").replace("stripe", "strip"), &["strip"]);
}
