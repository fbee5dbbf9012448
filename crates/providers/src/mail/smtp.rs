//! A mail server, by `lettre`: TLS or nothing, a connection for each message,
//! all of it bounded in time.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use thiserror::Error;

use super::message::envelope;
use super::{Message, SendError};
use crate::authorities;
use crate::loopback::is_loopback;

/// How long a message may take: servers that look at it closely take a quarter of
/// a minute, and greet whom they don't know after another.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a server that has the message may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// What servers say who want a login, or don't take this one (RFC 4954, 6).
const LOGIN: [u16; 4] = [530, 534, 535, 538];

/// How much of a server's words is kept.
const MOST_SAID: usize = 200;

/// How a connection is kept from others' eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte, usually at port 465.
    Tls,
    /// TLS after a greeting, usually at port 587. A server that offers none gets
    /// nothing.
    StartTls,
    /// None, for a server on this machine.
    Loopback,
}

/// A password. It shows up nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Who sends, to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Password,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Its name, which its certificate is for.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others' eyes.
    pub security: Security,
    /// Who sends, where it wants to know.
    pub login: Option<Login>,
    /// What this machine calls itself: the publication's host.
    pub hello: String,
    /// Who vouches for the server, beside whom the system trusts (PEM).
    pub authorities: Option<PathBuf>,
    /// How long a message may take.
    pub patience: Duration,
}

/// Why settings can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSmtp {
    /// In the clear to another machine.
    #[error("mail may go without TLS to this machine only, not to {0}; use TLS or STARTTLS")]
    Clear(String),
    /// Not a host.
    #[error("{0:?} is no host; write its name, such as mail.example.com")]
    Host(String),
    /// The certificates can't be used.
    #[error("{0}")]
    Tls(String),
}

/// The way to a mail server.
#[derive(Clone)]
pub struct Smtp {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
}

impl Password {
    /// Takes what a file or the environment holds, without the line's end.
    pub fn new(text: &str) -> Self {
        Self(text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

impl SmtpSettings {
    /// A server with TLS, at its usual port, without a login.
    pub fn new(host: &str, hello: &str) -> Self {
        Self {
            host: host.to_owned(),
            port: 465,
            security: Security::Tls,
            login: None,
            hello: hello.to_owned(),
            authorities: None,
            patience: PATIENCE,
        }
    }
}

impl Smtp {
    /// The server of the settings. Nothing is asked of it yet.
    pub fn new(settings: SmtpSettings) -> Result<Self, BadSmtp> {
        for host in [&settings.host, &settings.hello] {
            let plain = |c: u8| c.is_ascii_alphanumeric() || b".-:".contains(&c);
            if host.is_empty() || host.len() > 253 || !host.bytes().all(plain) {
                return Err(BadSmtp::Host(host.clone()));
            }
        }
        let tls = match settings.security {
            Security::Loopback if is_loopback(&settings.host) => None,
            Security::Loopback => return Err(BadSmtp::Clear(settings.host)),
            Security::Tls | Security::StartTls => Some(tls(&settings)?),
        };
        Ok(Self { settings, tls })
    }

    /// Hands a message over.
    pub async fn send(&self, message: &Message) -> Result<(), SendError> {
        let form = message.form()?;
        let from = envelope(&message.from.address);
        let envelope = Envelope::new(Some(from), vec![envelope(&message.to)]);
        // There is a receiver.
        let envelope = envelope.map_err(|error| self.broken(&error))?;
        let patience = self.settings.patience;
        let delivered = tokio::time::timeout(patience, self.deliver(&envelope, &form)).await;
        let mut connection = delivered.map_err(|_| SendError::Slow {
            server: self.server(),
            patience,
        })??;
        // It has the message; whether and how it says goodbye changes nothing.
        let _ = tokio::time::timeout(GOODBYE, connection.abort()).await;
        Ok(())
    }

    /// Once this is done the server has the message.
    async fn deliver(
        &self,
        envelope: &Envelope,
        form: &[u8],
    ) -> Result<AsyncSmtpConnection, SendError> {
        let mut connection = self.connect().await?;
        if let Some(login) = &self.settings.login {
            let credentials = Credentials::new(login.user.clone(), login.password.0.clone());
            let said = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            said.map_err(|error| self.login(&error))?;
        }
        self.hand_over(&mut connection, envelope, form).await?;
        Ok(connection)
    }

    /// What `lettre` does as well, which doesn't say at what a server takes
    /// offence, and says goodbye where it does. A form is ASCII, and so are its
    /// addresses: no extension is needed.
    async fn hand_over(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        form: &[u8],
    ) -> Result<(), SendError> {
        let sender = Mail::new(envelope.from().cloned(), Vec::new());
        let said = connection.command(sender).await;
        said.map_err(|error| self.sender(&error))?;
        for reader in envelope.to() {
            let reader = Rcpt::new(reader.clone(), Vec::new());
            let said = connection.command(reader).await;
            said.map_err(|error| self.refusal(&error))?;
        }
        let said = connection.command(Data).await;
        said.map_err(|error| self.refusal(&error))?;
        let said = connection.message(form).await;
        said.map_err(|error| self.refusal(&error))?;
        Ok(())
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let settings = &self.settings;
        let hello = ClientId::Domain(settings.hello.clone());
        let at_once = self
            .tls
            .clone()
            .filter(|_| settings.security == Security::Tls);
        let server = (settings.host.as_str(), settings.port);
        let connection = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(settings.patience),
            &hello,
            at_once,
            None,
        );
        let mut connection = connection.await.map_err(|error| self.unreachable(&error))?;
        if settings.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            if !connection.can_starttls() {
                // Without a goodbye, for which it would have to be waited.
                let server = self.server();
                return Err(SendError::NoTls { server });
            }
            let upgraded = connection.starttls(tls, &hello).await;
            upgraded.map_err(|error| self.unreachable(&error))?;
        }
        Ok(connection)
    }

    /// What went wrong before a message was spoken of.
    fn unreachable(&self, error: &lettre::transport::smtp::Error) -> SendError {
        let (server, why) = (self.server(), said(error));
        if is_untrusted(error) {
            return SendError::Untrusted { server, why };
        }
        SendError::Unreachable { server, why }
    }

    fn login(&self, error: &lettre::transport::smtp::Error) -> SendError {
        let server = self.server();
        let code = error.status().map(u16::from);
        if error.is_permanent() || error.is_client() {
            return SendError::Login { server, code };
        }
        self.refusal(error)
    }

    /// What is wrong with the sender is so for every message.
    fn sender(&self, error: &lettre::transport::smtp::Error) -> SendError {
        match self.refusal(error) {
            SendError::Refused { server, code, why } => SendError::Sender { server, code, why },
            other => other,
        }
    }

    fn refusal(&self, error: &lettre::transport::smtp::Error) -> SendError {
        let (server, why) = (self.server(), said(error));
        match error.status().map(u16::from) {
            // It wants a login, at whatever command it says so.
            Some(code) if LOGIN.contains(&code) => SendError::Login {
                server,
                code: Some(code),
            },
            Some(code) if error.is_permanent() => SendError::Refused { server, code, why },
            Some(code) => SendError::Deferred { server, code, why },
            None => SendError::Broken { server, why },
        }
    }

    fn broken(&self, error: &dyn std::error::Error) -> SendError {
        let (server, why) = (self.server(), error.to_string());
        SendError::Broken { server, why }
    }

    fn server(&self) -> String {
        format!("{}:{}", self.settings.host, self.settings.port)
    }
}

fn tls(settings: &SmtpSettings) -> Result<TlsParameters, BadSmtp> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(file) = &settings.authorities {
        let own = authorities::read(file).map_err(|error| BadSmtp::Tls(error.to_string()))?;
        for certificate in own {
            let certificate = Certificate::from_der(certificate.to_vec());
            let certificate = certificate.map_err(|error| BadSmtp::Tls(error.to_string()))?;
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder
        .build()
        .map_err(|error| BadSmtp::Tls(error.to_string()))
}

/// Whether the other side isn't who it should be.
fn is_untrusted(error: &lettre::transport::smtp::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if inner.is_some_and(|inner| is_certificate(inner)) || is_certificate(error) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_certificate(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(
        error.downcast_ref(),
        Some(rustls::Error::InvalidCertificate(_))
    )
}

/// What was said, in one short line.
fn said(error: &lettre::transport::smtp::Error) -> String {
    let text = error.to_string();
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(MOST_SAID).collect()
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({})", self.server())
    }
}
