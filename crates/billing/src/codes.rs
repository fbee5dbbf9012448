//! The codes of gifts: what they are made of, who sees them, and where they go.
//!
//! A code is made of the gift's id by a key, so that it can be mailed again and
//! shown again, and only its hash is kept.

use commerce::gift::{Gift, GiftCommand, GiftStage};
use commerce::ids::{AccountId, GiftId};
use jiff::Timestamp;
use store::tokens::{NewToken, Purpose};
use store::{MailAddress, Reading, StoreError, TokenHash};

use crate::billing::Billing;
use crate::error::BillingError;
use crate::gifts::own_gift;
use crate::post::GiftCard;

/// Crockford's alphabet: no letter is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The characters of a code, five bits each: 80 bits can't be guessed.
const CODE_CHARS: usize = 16;

/// The longest code that is looked at, in bytes, with all of its hyphens.
const LONGEST_TYPED: usize = 64;

/// A gift as whoever has its code sees it.
#[derive(Clone, Debug)]
pub struct GiftSeen {
    /// The gift.
    pub gift: Gift,
    /// What is written on it.
    pub card: Option<GiftCard>,
}

impl Billing {
    /// The gift that a code belongs to, whoever asks and however it is typed.
    /// Looking uses nothing up.
    pub async fn gift_by_code(&self, code: &str) -> Result<GiftSeen, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let gift = gift_of(&mut reading, code, self.now()).await?;
        let card = card_of(&mut reading, gift.id).await?;
        Ok(GiftSeen { gift, card })
    }

    /// The code of one of the account's own gifts, once it is paid and while
    /// nobody has it: to be handed over, or written on a card.
    pub async fn gift_code(
        &self,
        account: AccountId,
        id: GiftId,
    ) -> Result<Option<String>, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let gift = own_gift(&mut reading, account, id).await?;
        if !matches!(gift.stage, GiftStage::Ready { .. }) {
            return Ok(None);
        }
        self.known_code(&mut reading, &gift).await.map(Some)
    }

    /// Sends the code of one of the account's own gifts out once more, while
    /// nobody has it: to that address from now on. Where it went to another
    /// before, that one's code is good no longer, and says so to whoever tries it.
    pub async fn send_gift(
        &self,
        account: AccountId,
        id: GiftId,
        to: &MailAddress,
    ) -> Result<Gift, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let gift = own_gift(&mut writing, account, id).await?;
        let mut card = card_of(&mut writing, id).await?.unwrap_or_default();
        // Who hands it over has the code already, and goes on having it.
        let before = card.to.replace(to.as_str().to_owned());
        let elsewhere = before.is_some_and(|before| before != to.as_str());
        let command = GiftCommand::SendAgain { elsewhere };
        let books = sales.books(now, None);
        let done = writing.gift_command(id, &command, &books).await?;
        let hash = hash_of(&self.code_of(id, done.gift.code));
        writing.set_gift_code(id, hash).await?;
        if let GiftStage::Ready { until } = done.gift.stage
            && done.gift.code != gift.code
        {
            let replaced = NewToken {
                hash: hash_of(&self.code_of(id, gift.code)),
                purpose: Purpose::ReplacedCode,
                account: None,
                mail: None,
                body: String::new(),
                expires: until,
            };
            writing.add_token(&replaced, now).await?;
        }
        writing.set_gift_card(id, &written(&card)?).await?;
        writing.commit().await?;
        self.wake();
        Ok(done.gift)
    }

    /// What is written on one of the account's own gifts, where it is kept.
    pub async fn gift_card(
        &self,
        account: AccountId,
        id: GiftId,
    ) -> Result<Option<GiftCard>, BillingError> {
        let mut reading = self.inner.store.read().await?;
        own_gift(&mut reading, account, id).await?;
        Ok(card_of(&mut reading, id).await?)
    }

    /// The code of a gift, which will be known when it comes back.
    pub(crate) async fn known_code(
        &self,
        reading: &mut Reading,
        gift: &Gift,
    ) -> Result<String, BillingError> {
        let code = self.code_of(gift.id, gift.code);
        let hash = hash_of(&code);
        if reading.gift_by_code(hash).await?.is_none() {
            // The key is another one than when it was bought.
            let mut writing = self.inner.store.write().await?;
            writing.set_gift_code(gift.id, hash).await?;
            writing.commit().await?;
        }
        Ok(code)
    }

    /// Four groups of four characters, made of the gift by a key: which of its
    /// codes, from nought.
    pub(crate) fn code_of(&self, id: GiftId, which: u8) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.inner.codes);
        hasher.update(b"gift");
        hasher.update(&id.get().to_be_bytes());
        if which > 0 {
            hasher.update(&[which]);
        }
        let mut bytes = [0; CODE_CHARS];
        hasher.finalize_xof().fill(&mut bytes);
        let mut code = String::with_capacity(CODE_CHARS + 3);
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 && index % 4 == 0 {
                code.push('-');
            }
            let letter = ALPHABET.get(usize::from(byte % 32));
            code.extend(letter.map(|letter| char::from(*letter)));
        }
        code
    }
}

/// What is written on a gift, where it is kept and can be read.
pub(crate) async fn card_of(
    reading: &mut Reading,
    id: GiftId,
) -> Result<Option<GiftCard>, StoreError> {
    let card = reading.gift_card(id).await?;
    Ok(card.and_then(|card| serde_json::from_str(&card).ok()))
}

pub(crate) fn written(card: &GiftCard) -> Result<String, BillingError> {
    let text = serde_json::to_string(card);
    text.map_err(|error| StoreError::Damaged(error.to_string()).into())
}

/// The hash of a code, as that is written or typed: case, spaces and hyphens
/// don't matter, and letters that look like digits are those.
pub(crate) fn hash_of(code: &str) -> TokenHash {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    TokenHash::of(plain.as_bytes())
}

/// The gift that a code belongs to, however it is typed.
pub(crate) async fn gift_of(
    reading: &mut Reading,
    code: &str,
    now: Timestamp,
) -> Result<Gift, BillingError> {
    let hash = typed(code).ok_or(BillingError::NoSuchGift)?;
    if let Some(gift) = reading.gift_by_code(hash).await? {
        return Ok(gift);
    }
    let purpose = Purpose::ReplacedCode;
    Err(if reading.knows_token(hash, purpose, now).await? {
        BillingError::CodeReplaced
    } else {
        BillingError::NoSuchGift
    })
}

/// The hash of what was typed; `None` where that can be no code.
fn typed(code: &str) -> Option<TokenHash> {
    (code.len() <= LONGEST_TYPED).then(|| hash_of(code))
}
