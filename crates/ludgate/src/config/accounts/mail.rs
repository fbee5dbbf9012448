//! The section `[mail]`: how mail is sent, and what stands on it.

use std::path::PathBuf;

use providers::mail::{Address, Login, Password, Security, Smtp, SmtpSettings};
use toml::Spanned;

use super::raw;
use crate::config::PublicationUrl;
use crate::config::check::Check;
use crate::config::raw::File;

/// The most lines of an imprint.
const MOST_LINES: usize = 10;

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) from: Address,
    pub(crate) reply_to: Option<Address>,
    /// Who publishes this and where, line by line.
    pub(crate) imprint: Vec<String>,
    pub(crate) way: Way,
}

/// Where mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Into a folder, to be looked at.
    Folder(PathBuf),
    /// To a mail server.
    Server(Box<SmtpSettings>),
}

impl Check<'_> {
    /// `None` where no mail is sent, and so nobody can have an account.
    pub(in crate::config) fn mail(
        &mut self,
        raw: &File,
        url: Option<&PublicationUrl>,
    ) -> Option<Mail> {
        let at = raw.mail.as_ref()?;
        let mail = at.get_ref();
        let from = self.name(&mail.from, str::parse);
        let reply_to = mail.reply_to.as_ref();
        let reply_to = reply_to.map(|address| self.name(address, str::parse));
        if let Some(line) = mail.imprint.get(MOST_LINES) {
            self.wrong(line, format!("an imprint has at most {MOST_LINES} lines"));
        }
        let imprint = mail.imprint.iter().map(|line| line.get_ref().clone());
        let imprint = imprint.collect();
        let way = match (&mail.folder, &mail.server) {
            (Some(folder), None) => Some(Way::Folder(self.folder.join(folder.get_ref()))),
            (None, Some(server)) => self.mail_server(mail, server, url),
            (Some(folder), Some(_)) => {
                let message = "mail goes into a folder or to a server, not both".to_owned();
                self.wrong_with_help(folder, message, "take one of them out");
                None
            }
            (None, None) => {
                let message = "it isn't said where mail goes".to_owned();
                let help =
                    "write server = \"smtp.example.com\", or folder = \"mail\" to look at it";
                self.wrong_with_help(at, message, help);
                None
            }
        };
        Some(Mail {
            from: from?,
            reply_to: reply_to.map_or(Some(None), |address| address.map(Some))?,
            imprint,
            way: way?,
        })
    }

    fn mail_server(
        &mut self,
        mail: &raw::Mail,
        server: &Spanned<String>,
        url: Option<&PublicationUrl>,
    ) -> Option<Way> {
        let words = [
            ("tls", Security::Tls),
            ("starttls", Security::StartTls),
            ("none", Security::Loopback),
        ];
        let security = match &mail.tls {
            Some(word) => self.word(word, &words)?,
            None => Security::Tls,
        };
        let (host, port) = self.host_and_port(server, security)?;
        let noted = self.errors.len();
        let login = self.login(mail);
        if self.errors.len() > noted {
            return None;
        }
        let settings = SmtpSettings {
            port,
            security,
            login,
            authorities: mail.authorities.as_ref().map(|file| self.folder.join(file)),
            ..SmtpSettings::new(&host, &url?.host)
        };
        // Whether it can be used; nothing is asked of it yet.
        match Smtp::new(settings.clone()) {
            Ok(_) => Some(Way::Server(Box::new(settings))),
            Err(error) => {
                self.wrong(server, error.to_string());
                None
            }
        }
    }

    /// `None` also where half of it is missing, which is noted.
    fn login(&mut self, mail: &raw::Mail) -> Option<Login> {
        match (&mail.user, &mail.password) {
            (None, None) => None,
            (Some(user), Some(password)) => {
                let password = self.kept(password, |text| {
                    Ok::<_, std::convert::Infallible>(Password::new(text))
                });
                let user = user.get_ref().clone();
                password.map(|password| Login { user, password })
            }
            (Some(user), None) => {
                let help = "write password = { file = \"mail.password\" }, or { env = \"…\" }";
                self.wrong_with_help(user, "a user needs a password".to_owned(), help);
                None
            }
            (None, Some(password)) => {
                let message = "a password needs a user".to_owned();
                self.wrong_with_help(password, message, "write user = \"…\" beside it");
                None
            }
        }
    }

    /// `smtp.example.com`, or with a port.
    fn host_and_port(
        &mut self,
        server: &Spanned<String>,
        security: Security,
    ) -> Option<(String, u16)> {
        let usual = match security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::Loopback => 25,
        };
        let text = server.get_ref();
        let Some((host, port)) = text.rsplit_once(':') else {
            return Some((text.clone(), usual));
        };
        let Ok(port) = port.parse() else {
            let message = format!("\"{text}\" is no mail server");
            let help = "write a name and perhaps a port, such as \"smtp.example.com:587\"";
            self.wrong_with_help(server, message, help);
            return None;
        };
        Some((host.to_owned(), port))
    }
}
