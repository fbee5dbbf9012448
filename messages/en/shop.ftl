### The shop: offers, checkout, gifts. Every message may use $publication, the name of the publication.

## What is sold.

# What something is called. $offer, $plan and $product are the names that the publisher has given them; who wants other words than those for its kind chooses by them.
shop-name = { shop-kind }
shop-kind = { $kind ->
    [bundle] Print and digital
    [print] The printed edition
    [story] This story
    [pass] A pass to everything
    [gift] Gift subscription
    [team] Team subscription
   *[digital] Digital
}
# What an entitlement lets one do. $grant is its name; a publisher with others of their own says here what they are.
shop-benefit = { $grant ->
    [read] { prompt-benefit-stories }
    [apps] { prompt-benefit-apps }
    [print] { prompt-benefit-print }
   *[other] { $grant }
}
shop-benefit-story = This story, on all your devices
# Of a pass. $length is a length of time.
shop-once-ends = It ends by itself.
shop-once-good = Yours for good.
# For one reader of several.
shop-each = for each reader

## All offers.

shop-title = Subscribe to { $publication }
shop-pitch = Choose what suits you. You can read on at once.
shop-choose = Choose
shop-choose-gift = Give it
shop-group-once = Without a subscription
shop-group-team = For several readers
shop-group-gift = For somebody else
shop-badge = { $audience ->
    [lapsed] Welcome back
    [registered] For registered readers
    [subscribers] For subscribers
   *[new] For new readers
}
shop-badge-code = With your code
shop-badge-nearest = The nearest to it
shop-currency = Prices in
shop-code-open = I have a code
shop-code-button = Use the code
shop-code-wrong = No offer has that code now. See whether it is written right; codes can end, too.
shop-none = Nothing is sold here at the moment.
shop-none-here = Nothing is sold in this currency.
shop-signed-out = Already a subscriber?
shop-redeem-link = Have you been given a subscription?
shop-current = You have a subscription.
shop-your-account = Your account

## Why an offer can't be had. $day is a date.

shop-gone-over = That offer ended on { $day }.
shop-gone-ahead = That offer begins on { $day }.
shop-gone-unknown = That offer is no longer there.
shop-gone-others = That offer is for others.
shop-gone-used-up = All of that offer have been taken.
shop-gone-had = You have had that offer before.
shop-gone-currency = That offer isn’t sold in this currency.
shop-gone-free = Nothing has been charged.

## Checkout.

shop-checkout = { $kind ->
    [gift] Give a subscription
    [once] Buy access
   *[subscription] Subscribe
}
shop-account-title = First, your account
shop-account-pitch = It keeps what you buy. You come straight back here.
shop-summary = What you get
shop-other-offer = Another offer
shop-today = Today
shop-nothing = Nothing
# $amount is an amount of money, $rate a rate of tax such as 19 %.
shop-tax = { $amount } of it is tax ({ $rate })
shop-tax-reversed = No tax is charged: as a business abroad you owe it yourself.
# What is charged from a day on. $what is an amount for a length of time, or several.
shop-from = From { $day }: { $what }
# $rate is an amount for a length of time, $count how often it is paid.
shop-times = { $count ->
    [one] { $rate }, { $count } time
   *[other] { $rate }, { $count } times
}
shop-terms = In plain words
shop-term-renews = It renews by itself until you cancel. You can cancel at any time in your account, and read on until what you have paid for is over.
shop-term-ends = It ends by itself on { $day }. Nothing is charged after that.
shop-term-good = It is yours for good. Nothing is charged after that.
shop-term-remind = { $days ->
    [one] A day before your trial ends we write to you.
   *[other] { $days } days before your trial ends we write to you.
}
shop-term-rise = { $days ->
    [one] A higher price would be announced a day before.
   *[other] A higher price would be announced { $days } days before.
}
shop-term-rise-asked = { $days ->
    [one] A higher price would be announced a day before, and only come if you agree.
   *[other] A higher price would be announced { $days } days before, and only come if you agree.
}
shop-term-withdraw-full = { $days ->
    [one] You may withdraw within a day, and get everything back.
   *[other] You may withdraw within { $days } days, and get everything back.
}
shop-term-withdraw-part = { $days ->
    [one] You want to read at once. You may withdraw within a day, and get back what you haven’t used.
   *[other] You want to read at once. You may withdraw within { $days } days, and get back what you haven’t used.
}
shop-term-waived = You want to read at once, and know that you can’t withdraw after that.
shop-term-gift = Its code is sent as soon as it is paid. Whoever gets it can redeem it within { $length }.
shop-term-gift-once = It is paid once, today. Nothing renews.
shop-consent = I agree to these terms.
shop-consent-missing = Please tick this to go on.
shop-changed = The amounts or the terms are others than before. Please look at them again; nothing has been charged.

## The fields of the checkout.

shop-you = About you
shop-country = Country
shop-country-hint = Taxes depend on it.
shop-country-missing = Please choose a country.
shop-business = I buy for a business
shop-business-name = Name of the business
shop-business-street = Street and number
shop-business-city = Postcode and town
shop-vat = VAT ID
shop-vat-hint = Without one we charge tax as for anybody.
shop-vat-wrong = That isn’t a VAT ID of the country that you chose. Please look again, or leave it out.
shop-seats = How many readers
shop-seats-hint = From { $least } to { $most }.
shop-seats-wrong = Please write a number from { $least } to { $most }.
shop-update = Show the new amounts
shop-post = Where it is delivered
shop-post-name = Name on the letter box
shop-post-street = Street and number
shop-post-more = Floor, in care of
shop-post-city = Town
shop-post-region = State or province
shop-post-code = Postcode
# $most is a number of characters.
shop-too-long = Please write at most { $most } characters.
shop-line-wrong = Please write it on one line, in plain letters.
shop-gift-who = Who gets it
shop-gift-to = Their name
shop-gift-mail = Their e-mail address
shop-gift-mail-hint = Leave it empty to hand the code over yourself.
shop-gift-from = Your name, as it stands on the card
shop-gift-words = A few words
shop-method = How you pay
# A card that is known. $card is its name and last digits, $until the month it is good through.
shop-method-known = { $card }, good through { $until }
shop-method-new = Another card
shop-method-missing = Please choose a card.
shop-card-number = Card number
shop-card-expires = Good through (month/year)
shop-card-code = Security code
shop-card-sandbox = No money moves here: this is a sandbox. Never enter a real card. 4242 4242 4242 4242 works, with any date to come and any code.
shop-card-number-wrong = The sandbox takes its own numbers only, such as 4242 4242 4242 4242.
shop-card-expires-wrong = Please write the month and the year, such as 05/30, of a card that isn’t past its date.
shop-card-code-wrong = Please write the three or four digits.
shop-card-stripe = Your card
shop-card-stripe-hint = The number goes to Stripe, who keeps it. We never see it.
shop-card-script = Cards are entered with a script of Stripe’s. Please allow scripts for this page, and load it again.
shop-card-failed = The card couldn’t be entered. Please look at it, or try another.
shop-card-many = That was tried very often. Please wait some minutes, then try again; nothing has been charged.
shop-card-loading = The card’s field is being loaded …
shop-pay = Subscribe and pay { $amount }
shop-pay-later = Subscribe, pay nothing today
shop-pay-once = Buy and pay { $amount }
shop-pay-nothing = Begin

## Why a payment fails.

shop-declined = { $reason ->
    [insufficient_funds] There isn’t enough money for it. Please try another card.
    [card_expired] The card is past its date. Please try another.
    [card_blocked] The card is blocked. Please ask your bank, or try another.
    [authentication_failed] It wasn’t confirmed with your bank. Please try again, or another card.
    [provider_error] It couldn’t be done just now. Please try again in a moment.
    [voided] It was called off. Please try again.
    [never_answered] Nobody has told us what became of it. Please see whether it was booked before you try again.
   *[refused] The bank has declined it, and doesn’t say why. Please ask your bank, or try another card.
}
shop-declined-title = The payment didn’t go through
shop-kept-many = { $minutes ->
    [one] That was tried too often. What you typed is still here: please wait a minute, then send it again. A card has to be entered anew.
   *[other] That was tried too often. What you typed is still here: please wait { $minutes } minutes, then send it again. A card has to be entered anew.
}
shop-kept-old = Nothing was done: the page was open for too long, or you have signed in or out meanwhile. What you typed is still here; please look at it and send it again. A card has to be entered anew.

## Why something can’t be bought.

shop-has-title = You have that already
shop-has = What you have includes it. You can change it in your account.
shop-used-title = That form was used
shop-used = It was sent for something else before. Please open the offer again.
shop-story-title = This story isn’t sold alone
shop-story-missing = Open the story that you want, and choose it there.

## What became of it.

shop-welcome-title = Welcome to { $publication }
shop-welcome = Everything is open to you now. A receipt is on its way to your mail.
shop-welcome-free = Everything is open to you now. We have written to you what you agreed to.
shop-welcome-once = It is open to you now. A receipt is on its way to your mail.
shop-welcome-team = Now invite your readers from your account. A receipt is on its way to your mail.
shop-welcome-delivered = It is yours now. We have written to you what you bought.
shop-welcome-story = Read on where you were
shop-welcome-home = To the front page
shop-gift-done-title = Thank you: the gift is paid
shop-gift-done = The code is on its way by mail, and a receipt to you.
shop-gift-done-self = The code is on its way to your mail, with a receipt, for you to hand over.
shop-gift-code = Its code:
# $mail is an address.
shop-gift-mailed = It goes to { $mail }. If that is mistyped, or nothing arrives, hand the code over yourself.
shop-wait-title = Your payment is under way
shop-wait = We are waiting for word of it. You needn’t do anything: this page looks again by itself, and nothing is charged twice.
shop-wait-again = Look again
shop-wait-leave = You can also close this page. We write to you as soon as it is known.
shop-bank-title = Confirm the payment
shop-bank-sandbox = This page plays your bank. { $publication } asks for { $amount }.
shop-bank-yes = Confirm the payment
shop-bank-no = Don’t pay
shop-bank-other = Pay with another card
shop-bank-stripe = Your bank wants you to confirm { $amount }. Its window opens when you press the button.
shop-again = Try again
# How a purchase stands that was paid once.
shop-otherwise = { $how ->
    [past_due] The last payment didn’t go through. Everything stays open for now; in your account you see until when, and can pay.
    [paused] It is paused. You can go on with it in your account.
    [redeemed] The gift has been redeemed. Thank you for giving it.
    [gift_ended] The gift can’t be redeemed any more. Your account says how it stands.
   *[ended] It is over. Your account has what was paid and its invoices.
}
shop-over-title = This purchase is over
shop-over = It can’t be paid any more. Nothing has been charged; you can begin another.

## Redeeming a gift.

shop-redeem-title = Redeem a gift
shop-redeem-pitch = The code is on the card or in the mail that you got.
shop-redeem-code = Code of the gift
shop-redeem-button = Look at it
shop-redeem-take = Redeem the gift
shop-redeem-for = For { $name }
shop-redeem-from = From { $name }
shop-redeem-unknown = No gift has that code. Please see whether it is written right.
shop-redeem-replaced = This code was replaced: the gift was sent again, to another address. Please ask whoever gave it for the new one.
shop-redeem-redeemed = This gift has been redeemed. A code is good once.
shop-redeem-unpaid = This gift isn’t paid for yet. Please try again later, or ask whoever gave it.
shop-redeem-over = This gift can’t be redeemed any more. Please ask whoever gave it.
shop-redeem-account = An account keeps the gift. It is free, and you come straight back here.
shop-redeem-free = You pay nothing, and nothing renews.
# $day is a date.
shop-redeem-has = You have what it gives already. The code stays good until { $day }: redeem it when what you have is over, or pass it on.
