### Mails. Every message may use $publication, the name of the publication.

## What mails have in common.

letter-hello = Hello,
# $name is what the reader is called.
letter-hello-name = Dear { $name },
letter-or-copy = Or copy this address into your browser:
letter-questions = Questions? Simply answer this message.
letter-why-typed = You get this message because somebody typed this address at { $publication }.
letter-why-reader = You get this message because you have an account at { $publication }.
letter-why-told = You get this message because somebody gave this address to { $publication } for you.
# Between a label and what it says, in plain text.
letter-colon = :{ " " }
# What stands by itself: an amount, a name.
letter-value = { $value }
# Between two things that are said.
letter-joint = { " " }
# $amount is an amount that is taken off.
letter-less = −{ $amount }
# $from and $to are days.
letter-span = { $from } – { $to }
letter-account-button = Go to your account

## Links that sign in, make an account or set a password. $minutes is for how many minutes the link is good.

letter-link-minutes = { $minutes ->
    [one] The link is good for { $minutes } minute, and once.
   *[other] The link is good for { $minutes } minutes, and once.
}
letter-link-here = It works only in the browser in which you asked for it.
letter-not-you = If it wasn’t you, you need do nothing: nothing happens without the link.

letter-sign-in-title = Your link to sign in
letter-sign-in = With this link you sign in to { $publication }.
letter-sign-in-button = Sign in

letter-sign-up-title = Your link to { $publication }
letter-sign-up = There is no account with this address yet. With this link one is made for you, and you are signed in.
letter-sign-up-button = Create the account

letter-confirm-title = Confirm your address
letter-confirm = Please confirm that this address is yours. Your account at { $publication } is made then.
letter-confirm-button = Confirm the address

letter-already-there-title = You already have an account
letter-already-there = Somebody, probably you, wanted to create an account at { $publication } with this address. There is one already; with this link you sign in.

letter-reset-title = Set a new password
letter-reset = With this link you choose a new password for your account at { $publication }. All your devices are signed out then.
letter-reset-button = Choose a new password

letter-no-account-title = There is no account with this address
letter-no-account = Somebody, probably you, asked for a new password at { $publication }. There is no account with this address. Perhaps you have used another one; or create an account now.
letter-no-account-button = Create an account

letter-closed-title = Your account is closed
letter-closed = Somebody, probably you, wanted to sign in to { $publication } with this address. The account is closed; please write to us to have it opened again.
letter-closed-not-you = If it wasn’t you, you need do nothing.

letter-password-changed-title = Your password was changed
letter-password-changed = The password of your account at { $publication } was changed, and all devices were signed out.
letter-password-changed-not-you = If it wasn’t you, set another one at once: choose “Forgotten your password?” where you sign in.

letter-new-address-title = Confirm your new address
letter-new-address = Please confirm that this address is yours. From then on you sign in to { $publication } with it, and our mail goes there.
# $account is the address that the account has, as “a…@example.com”.
letter-new-address-account = This is about the account of { $account }. If that isn’t yours, confirm nothing.
letter-address-changed-title = Your address was changed
letter-address-changed = Your account at { $publication } has another mail address from now on. This is the last message to this one.
letter-address-changed-not-you = If it wasn’t you, please write to us at once.

## What a subscription is. $amount is an amount, $date and $until are days.

letter-gives = What you can use
letter-gives-gift = What it gives
letter-agreed = What you agreed to
letter-row-price = Price
# $first is what is paid at first, $then a sentence or more on what comes afterwards.
letter-price-then = { $first }. { $then }
letter-row-seats = Seats
letter-row-next = Next charge
# $amount and $date
letter-row-next-value = { $amount } on { $date }
letter-row-ends = Ends
letter-row-ends-trial = Trial ends
letter-row-paid-until = Paid until
letter-row-from = From
letter-row-retry = Next try
letter-row-access-until = You can read until
letter-row-confirm-by = Confirm by
letter-row-amount = Amount
# Of prices to which tax is added: a sentence, and what goes with an amount.
letter-tax-added = Tax is added.
letter-plus-tax = (plus tax)

letter-welcome-title = Welcome to { $publication }
letter-welcome-paid = Thank you. Your subscription has begun.
letter-welcome-seats = Now invite your readers from your account. To read yourself, invite your own address, too.
letter-welcome-bought = Thank you. What you have bought is open to you now.
letter-welcome-trial = Your free trial has begun. It lasts until { $until }.
letter-welcome-gift = Your gift subscription has begun. It lasts until { $until } and ends by itself.
letter-welcome-given = You read { $publication } with our compliments until { $until }.
letter-welcome-given-open = You read { $publication } with our compliments.
letter-cancel = You can cancel at any time in your account. What you have paid for stays yours to its end.
letter-cancel-trial = If you don’t want to go on, cancel in your account before { $date }; then nothing is charged.
letter-withdraw-part = You may withdraw from the contract through { $date } without giving a reason. You get back what you haven’t used by then.
letter-withdraw-full = You may withdraw from the contract through { $date } without giving a reason. You get everything back.
letter-withdraw-waived = You asked for immediate use and agreed that your right to withdraw ends with it.
letter-read-button = Start reading

## Receipts and refunds. $amount is an amount.

letter-receipt-title = Your receipt: { $amount }
letter-receipt = Thank you. We have received your payment of { $amount }.
letter-receipt-heading = Receipt
letter-row-invoice = Invoice
letter-row-credit-note = Credit note
letter-row-corrects = For invoice
letter-row-date = Date
letter-row-customer = For
letter-row-seller = From
# $what is one of the lines, $count how many seats.
letter-line-seats = { $what } ({ $count ->
    [one] { $count } seat
   *[other] { $count } seats
})
letter-line-plan = Subscription
letter-line-once = Access
letter-line-difference = Change of plan, difference
letter-line-unused = Former plan, not used
letter-line-gift = Gift subscription
letter-net = Net
# $rate is a rate of tax, in per cent.
letter-tax = Tax ({ $rate })
letter-total = Total
letter-reverse-charge = The customer owes the tax (reverse charge).
letter-invoice-button = Show the invoice
letter-invoice-soon = The invoice follows; you will find it in your account.

letter-refund-title = You get { $amount } back
letter-refund = We are sending { $amount } back the way you paid. With most banks it arrives within ten days.
letter-refund-withdrawal = You have withdrawn from the contract.
letter-refund-plan = Your new plan costs less than what you had paid for.
letter-refund-surplus = You were charged though nothing was due. We are sorry.
letter-credit-note-button = Show the credit note
letter-refund-delayed-title = Your refund of { $amount } is delayed
letter-refund-delayed = We have tried to give you { $amount } back, but your bank or card didn’t take it. The money is yours all the same. We see to it, and write to you if we need something.

## What is to come.

# $days is how many days.
letter-trial-ends-title = { $days ->
    [0] Your trial ends today
    [1] Your trial ends tomorrow
   *[other] Your trial ends in { $days } days
}
letter-trial-charged = Your free trial of { $publication } ends on { $date }. It becomes a subscription then: { $amount } is charged that day.
letter-trial-over = Your free trial of { $publication } ends on { $date }, by itself. Nothing is charged.
letter-trial-go-on = If you like to go on reading, choose a subscription.
letter-subscribe-button = Choose a subscription

letter-renewal-title = Your subscription renews on { $date }
letter-renewal = On { $date } your subscription to { $publication } goes on, and { $amount } is charged.
letter-renewal-cancel = If you don’t want that, cancel in your account before that day.

letter-rise-title = A new price from { $date }
letter-rise = The price of your subscription to { $publication } changes on { $date }.
letter-row-old-price = Price until then
letter-row-new-price = New price
letter-rise-silence-accepts = If you do nothing, you agree, and the new price is charged for the first time on { $date }. If you refuse it, your subscription ends that day and nothing more is charged.
letter-rise-silence-refuses = The new price holds only if you accept it. If you do nothing, your subscription ends on { $date } and nothing more is charged.
letter-rise-accept-button = Accept the new price
letter-rise-refuse = Refuse the new price

## Payments that fail.

letter-failed-title = Your payment didn’t go through
letter-failed = We couldn’t collect the payment for your subscription to { $publication }.
letter-failed-funds = There wasn’t enough money in the account.
letter-failed-expired = The card has expired.
letter-failed-blocked = The card can’t be used any more.
letter-failed-unconfirmed = The payment wasn’t confirmed with your bank.
letter-failed-refused = Your bank refused it and didn’t say why.
letter-failed-again = You need do nothing if that was an exception: we try again. If the card is to be another one, please change it.
letter-failed-final = We don’t try this card again. Please give us another one by { $until }; otherwise your subscription ends.
letter-failed-purchase = We couldn’t collect the payment for what you wanted to buy at { $publication }.
letter-failed-plan = We couldn’t collect the payment for your change of plan at { $publication }.
letter-failed-plan-stays = Your plan stays as it was. If the money was taken after all, you get it back.
letter-failed-nothing = Nothing has begun, and nothing has been charged. You can try again, with another card if you like.
letter-failed-unknown = Nothing has begun. Nobody has told us what became of the payment: please see whether it was booked before you try again. If it turns up, you get it back.
letter-card-button = Change the card
letter-purchase-button = See the purchase

letter-bank-title = Please confirm your payment
letter-bank = Your bank asks you to confirm the payment for your subscription to { $publication } yourself. Until you do, it isn’t paid.
letter-bank-purchase = Your bank asks you to confirm the payment for what you wanted to buy at { $publication } yourself. Until you do, it isn’t paid, and nothing begins.
letter-bank-button = Confirm the payment

## What ends, pauses and changes.

letter-trial-ended-title = Your trial has ended
letter-ended-title = Your subscription has ended
letter-access-ended-title = Your access has ended
letter-ended-cancelled = It ended on { $date }, as you wished. Nothing more is charged.
letter-ended-trial = Your free trial of { $publication } ended on { $date }. Nothing was charged.
letter-ended-expired = What you had was for a time, which was over on { $date }. Nothing more is charged.
letter-ended-payment = The payment for it didn’t come, after several tries. It ended on { $date }; nothing more is charged.
letter-ended-price = You didn’t agree to the new price, so it ended on { $date }. Nothing more is charged.
letter-ended-withdrawn = You have withdrawn from the contract, so it ended on { $date }. What you get back is in a message of its own.
letter-ended-refunded = Your payment was given back, so it ended on { $date }.
letter-ended-charged-back = Your bank took your payment back, so it ended on { $date }. If that is a mistake, please write to us.
letter-ended-revoked = We have ended it on { $date }. If you think that is a mistake, please write to us.
letter-ended-back = We would be glad to have you back.
letter-back-button = Subscribe again

letter-cancelled-title = Your subscription is cancelled
letter-cancelled = You can read { $publication } until { $until }. Nothing more is charged.
letter-cancelled-open = It ends with the period you have paid for. Nothing more is charged for another.
letter-cancelled-back = If you change your mind, take the cancellation back in your account before it ends.
letter-cancelled-button = Keep the subscription

letter-paused-title = Your subscription is paused
letter-paused = Your subscription to { $publication } is paused and goes on by itself on { $date }. Nothing is charged meanwhile, and what you have paid for is kept for you.
letter-paused-button = Resume now
letter-resumed-title = Your subscription goes on
letter-resumed = Your subscription to { $publication } goes on from today.

letter-plan-title = Your subscription has changed
letter-plan = Your change has come about. This is what you have from now on.

## Gifts and seats.

letter-gift-bought-title = Your gift and your receipt
letter-gift-bought = Thank you for giving { $publication }. We have received your payment of { $amount }.
letter-gift-bought-next = The code with which the gift is redeemed goes out in a message of its own, to you or to whom you give it, as you chose.
# $giver is who gives it.
letter-gift-title = { $giver } gives you { $publication }
letter-gift-title-anonymous = A gift for you: { $publication }
letter-gift = You have been given a subscription to { $publication }. It costs you nothing and ends by itself.
letter-gift-yours-title = The code of your gift
letter-gift-yours = Hand on this code, or this whole message. Whoever redeems it first has the gift.
letter-row-code = Code
letter-row-lasts = Lasts
letter-row-redeem-by = Redeem by
letter-gift-button = Redeem the gift
letter-gift-redeemed-title = Your gift was redeemed
letter-gift-redeemed = The subscription to { $publication } that you gave has begun. Thank you for passing on good reading.

letter-seat-title = A seat for you at { $publication }
letter-seat-title-by = { $giver } invites you to { $publication }
letter-seat = A seat is kept for you in a subscription to { $publication }. Somebody else pays for it; it costs you nothing.
letter-seat-button = Take the seat
letter-seat-not-you = If this isn’t meant for you, you need do nothing.

## Deliveries of the printed edition. $first and $last are days.

letter-delivery-title = Your delivery was changed
letter-delivery = Something was changed about the delivery of { $publication }. Your account says what comes where.
letter-delivery-suspended-title = Your delivery is suspended
letter-delivery-suspended = From { $first } to { $last } { $publication } isn’t delivered to you. Your subscription runs on.
letter-delivery-suspended-day = On { $first } { $publication } isn’t delivered to you. Your subscription runs on.
letter-delivery-elsewhere-title = Your delivery goes to another address
letter-delivery-elsewhere = From { $first } to { $last } { $publication } is delivered to another address.
letter-delivery-elsewhere-day = On { $first } { $publication } is delivered to another address.
letter-delivery-for-good = From { $first } on { $publication } is delivered to another address.
letter-delivery-town = Town
letter-delivery-back-title = Your delivery is as before
letter-delivery-back = What was arranged of the delivery of { $publication } was taken back from { $first } on.
letter-delivery-late = For some of these days it came too late: what comes then was settled already. Your account says for which.
letter-delivery-address-title = Your address for deliveries was changed
letter-delivery-address = { $publication } is delivered to another address from now on. What is settled already still goes to the one before.
letter-delivery-button = See what comes where
letter-delivery-not-you = If it wasn’t you, change it back in your account, or please write to us at once.
