//! Mail: one message to one reader, by SMTP or into a folder.
//!
//! What a message says is written elsewhere; here it is put into its form and
//! handed over. Nothing of it can become a header or a command that wasn't
//! meant: [addresses](Address), [lines](Line) and [links](Link) are checked when
//! they are made. Passwords show up nowhere.

mod address;
mod error;
mod folder;
mod line;
mod mailer;
mod message;
mod smtp;

pub use address::{Address, BadAddress};
pub use error::{SendError, SendNext};
pub use folder::{Entry, FileName, Folder, FolderError, Keep};
pub use line::{BadLine, Line, Link};
pub use mailer::Mailer;
pub use message::{Mailbox, Message, MessageId, NotAnId, TooLarge};
pub use smtp::{BadSmtp, Login, Password, Security, Smtp, SmtpSettings};
