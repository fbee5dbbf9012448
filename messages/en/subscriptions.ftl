### What readers have: subscriptions, seats, gifts. Every message may use $publication, the name of the publication. $day is a day in words, $name what a subscription is called, $amount and $rate are amounts, $card is what a card is known by.

subscription-title = Your subscriptions
subscription-none = You have no subscription.
subscription-offers = See all offers
subscription-more = More of your account
subscription-group-paying = Payment and invoices
subscription-group-giving = Gifts and offers
subscription-group-you = You and your data
subscription-redeem = Redeem a gift
subscription-to-account = Back to your account
subscription-gives = What’s included
subscription-gifts = Gifts you have bought
subscription-gift-links = Give stories to friends

## Where a subscription stands. $state is one of the words below.

subscription-state = { $state ->
    [active] Active
    [trial] On trial
    [trouble] Payment needed
    [paused] Paused
    [ending] Ends soon
    [ended] Ended
   *[unpaid] Not paid yet
}
subscription-renews = Paid until { $day }. Then it renews.
subscription-trial = Free until { $day }. Then it continues as below.
subscription-trial-ends = Free until { $day }. It ends by itself, and nothing is charged.
subscription-ending = You have cancelled. You can read until { $day }, and nothing more is charged.
subscription-expires = Yours until { $day }. It ends by itself; there is nothing to cancel.
subscription-for-good = Yours for good.
subscription-given = A gift from { $publication }, until further notice.
subscription-given-until = A gift from { $publication }, until { $day }.
subscription-gift = It was a gift to you.
subscription-no-method = Paid until { $day }. There is nothing to pay with afterwards, so it ends then. Add a payment method to go on reading.
subscription-price-ends = You didn’t agree to the higher price, so it ends after { $day }. You can still change your mind.
subscription-unpaid = The first payment is still open. Pay by { $day }, or it lapses by itself.
subscription-grace = You can read on until { $day } while the payment is open.
subscription-paused = Paused. It resumes by itself on { $day }; nothing is charged meanwhile.
subscription-paused-ending = Paused until { $day }, and cancelled: it ends once what you have paid for is used up.
# $why is one of the words below.
subscription-ended = Ended on { $day }. { $why ->
    [cancelled] You cancelled it.
    [trial] The trial was over.
    [unpaid] It was never paid.
    [failed] The payment didn’t go through.
    [price] You didn’t agree to the higher price.
    [withdrawn] You withdrew from the contract.
    [refunded] Your money was given back.
    [bank] Your bank took the payment back.
    [revoked] { $publication } ended it.
   *[expired] Its time was over.
}
subscription-seat = You have a seat in it; somebody else pays.
subscription-seat-until = You have a seat in it until { $day }; somebody else pays.
subscription-seat-ended = You had a seat in it until { $day }.
subscription-seat-own = You pay for this one. To read by it yourself, take one of its seats.
subscription-seat-domain = Your employer ({ $domain }) gives you a seat in it. It costs you nothing.
subscription-seat-domain-full = Your employer ({ $domain }) gives you this, but all of its seats are taken. Ask whoever looks after it for one.
subscription-change-then = From then on it is { $name } for { $rate }.
subscription-change-paid = It becomes { $name } for { $rate } as soon as the difference is paid.
# $old is what it costs today. $answer is what the reader has said, or what saying nothing means.
subscription-rise = From { $day } it costs { $rate } instead of { $old }. { $answer ->
    [accepted] You have agreed.
    [refused] You haven’t agreed.
    [accepts] If you say nothing, you agree.
   *[refuses] If you say nothing, it ends before that.
}

## A payment that is open.

# $reason is one of the words below.
subscription-pay-failed = { $reason ->
    [insufficient_funds] The payment of { $amount } didn’t go through: there wasn’t enough money in the account. Please pay with another card, or try again.
    [card_expired] The payment of { $amount } didn’t go through: the card has expired. Please pay with another one.
    [card_blocked] The payment of { $amount } didn’t go through: the card is blocked. Please pay with another one.
    [authentication_failed] The payment of { $amount } wasn’t confirmed with your bank. Please try again.
    [refused] Your bank refused the payment of { $amount } and didn’t say why. Please pay with another card, or ask your bank.
   *[unknown] The payment of { $amount } didn’t go through. Please try again, or pay with another card.
}
subscription-pay-button = Pay { $amount }
subscription-pay-then = The card that you choose pays it now, and what is due later.
subscription-pay-if-it-fails = If the payment that is under way doesn’t go through, the card that you choose pays it; and what is due later.
subscription-card-then = The card that you choose pays from the next charge on. Nothing is charged today.
subscription-pay-again = We try again on { $day }.
subscription-pay-waiting = The payment of { $amount } is under way. Nothing has to be done.
subscription-pay-confirm = Your bank wants you to confirm the payment of { $amount }.
subscription-change-confirm = Unless you confirm it by { $day }, your plan stays as it is.
subscription-pay-calling-off = The payment of { $amount } that your bank asks about is being called off.

## The particulars, with their labels.

subscription-row-plan = Price
subscription-row-next = Next charge
subscription-row-card = Paid with
subscription-row-address = Delivered to
subscription-row-seats = Seats
subscription-next = { $amount } on { $day }
# $until is a month such as 04/2029.
subscription-card = { $card }, valid until { $until }
# $taken and $seats are numbers.
subscription-seats-taken = { $taken } of { $seats } taken

## What can be done. $what is one of the words below.

subscription-do = { $what ->
    [pay] Pay now
    [pay-other] Pay with another card
    [resume] Resume
    [keep] Keep my subscription
    [price] See the new price
    [keep-plan] Keep the plan I have
    [change] Change the plan
    [seats] Manage seats
    [address] Change the delivery address
    [card] Change the payment method
    [pause] Pause
    [cancel] Cancel
    [withdraw] Withdraw from the contract
   *[again] Subscribe again
}
subscription-ask-title = { $what ->
    [pay] Pay for { $name }
    [card] How { $name } is paid
    [cancel] Cancel { $name }
    [keep] Keep { $name }
    [pause] Pause { $name }
    [resume] Resume { $name }
    [keep-plan] Keep { $name } as it is
    [price] The new price of { $name }
   *[withdraw] Withdraw from { $name }
}
subscription-ask-button = { $what ->
    [card] Pay with it from now on
    [cancel] Cancel the subscription
    [keep] Keep my subscription
    [pause] Pause it today
    [resume] Resume today
    [keep-plan] Keep the plan I have
    [price] I agree
   *[withdraw] Withdraw from the contract
}
# After it was done. $day is until when, or on which day it goes on.
subscription-done = { $what ->
    [pay] Thank you. It is paid, and your subscription continues.
    [card] From now on it is paid with the card that you chose.
    [address] From now on it is delivered there.
    [cancel-then] Your subscription is cancelled. You can read until { $day }.
    [cancel] Your subscription has ended, as you wished.
    [keep] Your subscription continues.
    [pause] Your subscription is paused. It resumes by itself on { $day }.
    [resume] Welcome back. Your subscription continues.
    [change] Your plan has changed.
    [unchanged] The payment didn’t go through. Your plan stays as it was.
    [change-then] Your plan changes on { $day }.
    [keep-plan] Everything stays as it is.
    [price] Thank you. You have agreed to the new price.
    [price-refused] You haven’t agreed to the new price. Until it would begin, you can change your mind.
   *[withdraw] You have withdrawn from the contract. It has ended.
}

## What happens when somebody cancels.

subscription-cancel-until = You can read until { $day }, the end of what is paid for. After that nothing more is charged.
subscription-cancel-now = It ends at once, since nothing is paid for any more. Nothing more is charged.
subscription-cancel-paused = What you have paid for and not used is yours after the pause; then it ends. Nothing more is charged.
subscription-cancel-waiting = A payment is under way. If it goes through, you can read to the end of what it pays for; if not, it ends at once. Nothing more is charged.
subscription-cancel-back = You can change your mind until then.
subscription-cancel-why = Why are you leaving?
subscription-cancel-reason = { $reason ->
    [price] It costs too much
    [time] I don’t find the time to read
    [content] It isn’t what I want to read
    [technical] Something doesn’t work as it should
    [competitor] I read something else now
   *[other] Something else
}
subscription-cancel-words = Would you like to tell us more?
subscription-stay-title = Before you go
subscription-stay-button = Look at this offer

## What happens otherwise. $count is a number of days.

subscription-address-title = Delivery address
subscription-address-says = We deliver to this address. A change holds from now on.
subscription-keep-plan-calls-off = The payment that your bank asks about is called off.
subscription-goes-on = It continues as before.
subscription-goes-on-paid = It continues as before. On { $day } we charge { $amount } to { $card }.
subscription-pause-says = It is paused from this moment. You can’t read meanwhile, and nothing is charged.
subscription-pause-left = { $count ->
    [one] You have paid for one more day. It comes after the pause.
   *[other] You have paid for { $count } more days. They come after the pause.
}
subscription-pause-day = When should it resume?
subscription-pause-day-hint = { $day } at the latest. You can resume earlier at any time.
subscription-resume-says = You can read again at once. What you have paid for lasts until { $day }.
subscription-price-refuse = I don’t agree
subscription-price-refusing = If you don’t agree, you can read until { $day } at the old price; then it ends.
subscription-withdraw-says = It ends at once, and you can’t read any more.
subscription-withdraw-back = You get back { $amount }, by the way you paid.
subscription-withdraw-nothing = Nothing is given back: nothing was paid, or it is used up.
subscription-withdraw-until = You have this right until { $day }.

## Gifts.

subscription-gifts-pitch = The code of a gift was mailed when it was paid.
subscription-gifts-none = You haven’t bought any gifts.
subscription-gift-state = { $state ->
    [ready] To be redeemed
    [redeemed] Redeemed
    [ended] Over
   *[unpaid] Not paid yet
}
subscription-gift-unpaid = The payment is still open.
subscription-gift-lapses = If it isn’t paid by { $day }, it is given up by itself, and nothing is charged.
subscription-gift-pay-title = A gift that isn’t paid yet
subscription-gift-pay = Pay for it, or give it up
subscription-gift-give-up = Give it up
subscription-gift-given-up = The gift is given up, and nothing is charged.
subscription-gift-ready = Nobody has redeemed it yet. The code is good until { $day }.
subscription-gift-redeemed = Somebody is reading with it.
subscription-gift-ended = { $why ->
    [unpaid] It was never paid.
    [refunded] Your money was given back.
    [bank] Your bank took the payment back.
   *[expired] Nobody redeemed it in time.
}
subscription-gift-bought = Bought on { $day }.
subscription-gift-send-title = Send a gift once more
subscription-gift-send = Change the address, or send it again
subscription-gift-send-hint = Where the code went to another address before, the one that was sent there is good no longer.
subscription-gift-send-button = Send the code
subscription-gift-sent = The code is on its way.
subscription-gift-sent-too-often = The code has been sent as often as it can be. Please hand it over yourself.
subscription-gift-sent-not = It can’t be sent any more. How it stands is said below.

## Another plan.

subscription-plan-title = Another plan
subscription-plan-now = You have { $name } now. Choose what you would rather have; what it costs is said before you decide.
subscription-plan-none = There is no other plan that yours could become.
subscription-plan-at-once = Change at once
subscription-plan-later = Change when my period ends
subscription-plan-to = Change to { $name }
subscription-plan-button = Change the plan
subscription-plan-charged = It changes at once. Today we charge { $amount } to { $card }: what it costs more for the time that you have paid for.
subscription-plan-back = It changes at once. You get back { $amount }, by the way you paid: what it costs less for the time that you have paid for.
subscription-plan-free = It changes at once. Nothing is charged today.
subscription-plan-then = It changes on { $day }. Until then everything stays as it is, and nothing is charged today.
subscription-plan-next = On { $day } we charge { $amount }.
subscription-plan-rate = It then costs { $rate }, until you end it.
subscription-plan-changed = What it comes to has changed since you opened the page, and nothing has been done. Please look at it again.
subscription-plan-stays = Your plan stays as it was.

## Seats. $number is the number of a seat in the list, $count how many aren't listed.

subscription-seats-title = Seats
subscription-seats-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
subscription-seat-waiting = Seat { $number }: invited, no answer yet
subscription-seat-somebody = Somebody whose account is closed
subscription-seat-free = Take the seat back
subscription-seat-recall = Withdraw the invitation
subscription-seat-mail = Whom would you like to invite?
subscription-seats-yourself = You pay for them. To read yourself, invite your own address, too.
subscription-seat-invite = Send an invitation
subscription-seat-invited = The invitation is on its way.
subscription-seat-freed = The seat is free.
subscription-seats-open = Who comes without an invitation
subscription-seats-open-how = Everybody with an address of your firm can take a seat by themselves, and readers in your network need none. Write to { $publication } to have that set up or changed.
subscription-seat-title = You are invited
subscription-seat-says = Somebody keeps a seat in it for you, and pays for it. It costs you nothing.
subscription-seat-account = An account keeps the seat. It is free, and you come straight back here.
subscription-seat-seen = Whoever pays for the seat sees your account’s e-mail address for as long as you have it.
subscription-seat-button = Take the seat
subscription-seat-yours-title = The seat is yours
subscription-seat-yours = You can read at once. If you don’t need the seat any more, give it back in your account.
subscription-seat-over-title = This invitation can’t be used
subscription-seat-leave = Give the seat back

## What is paid with what, and who is named on invoices. $until is a month such as 04/2029.

subscription-card-none = No card is set.
subscription-payment-title = Payment
subscription-payment-none = Nothing you have is paid again and again.
subscription-payment-cards = Your cards
subscription-payment-until = valid until { $until }
subscription-payment-remove = Remove
subscription-payment-removed = The card is removed.
subscription-billing-title = Details on invoices
subscription-billing-pitch = Printed on your invoices from now on. Those that are there already stay as they are.
subscription-billing-name = Name of the person or business
subscription-billing-vat-hint = For businesses. How your subscription is taxed was settled when you took it out; write to { $publication } if that has to change.
subscription-billing-done = It is saved.
subscription-billing-forget = Remove these details
subscription-billing-needed = A subscription of yours is taxed as a business’s, so its invoices need a VAT ID. Please write to { $publication } to have that changed first.
subscription-billing-vat-needed = A subscription of yours is taxed as a business’s. Please keep a VAT ID, or write to { $publication }.
