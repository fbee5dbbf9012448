### Why something can't be done with a subscription, and what to do instead. $day is a day in words, $count a number of seats.

subscription-refused-ended = This subscription has ended. You can take out a new one at any time.
subscription-refused-unpaid = The first payment is still open. Please pay first.
subscription-refused-paused = It is paused. Resume it first.
subscription-refused-not-paused = It isn’t paused, so you can read already.
subscription-refused-past-due = A payment hasn’t gone through. Please pay first.
subscription-refused-under-way = A payment is under way. Please wait a few minutes, until it is known whether it went through.
subscription-refused-no-method = There is nothing to pay with. Please add a payment method first.
subscription-refused-no-address = It comes by post. Please add an address first.
subscription-refused-not-delivered = Nothing of it comes by post, so it needs no address.
subscription-refused-ends = It ends by itself after { $day }. There is nothing to cancel, pause or change.
subscription-refused-no-end = It costs you nothing and has no end. There is nothing to cancel, pause or change.
subscription-refused-ending = It is cancelled already. If you want to change something, decide to keep it first.
subscription-refused-not-ending = It isn’t cancelled. It goes on by itself.
subscription-refused-no-pause = This subscription can’t be paused. You can cancel it, and come back at any time.
subscription-refused-paused-enough = This period has been paused for as long as it can be. You can pause again in the next one.
subscription-refused-trial = A trial can’t be paused. You can cancel it, or wait until it is over.
subscription-refused-pause-day = Please choose a day from tomorrow to { $day }.
subscription-refused-currency = That plan isn’t sold in your currency. Please choose another.
subscription-refused-same = You have that plan already. Please choose another.
subscription-refused-once = That is bought once and doesn’t renew. You can buy it beside your subscription.
subscription-refused-elsewhere = You have paid until { $day } already. Please choose the change for the period after that.
subscription-refused-kind = A plan for one can’t become one for several. Please take out a new subscription.
subscription-refused-taken = { $count ->
    [one] One seat is taken. Free it first, or choose more seats.
   *[other] { $count } seats are taken. Free some first, or choose more seats.
}
subscription-refused-no-change = No change of plan is to come. Everything stays as it is.
subscription-refused-withdrawal-over = The right to withdraw ended on { $day }. You can cancel instead.
subscription-refused-no-withdrawal = There is no right to withdraw from this one. You can cancel instead.
subscription-refused-no-rise = No new price is to come. There is nothing to answer.
subscription-refused-nothing-open = There is nothing to pay. Everything is in order.
subscription-refused-attempts = This payment has been tried too often. Please take out a new subscription, or write to { $publication }.
subscription-refused-for-one = This subscription is for one reader. Choose a plan with seats to invite others.
subscription-refused-full = { $count ->
    [one] The one seat is taken. Free it first, or choose more seats.
   *[other] All { $count } seats are taken. Free one first, or choose more seats.
}
subscription-refused-invitation = This invitation isn’t good any more. Please ask whoever invited you for another.
subscription-refused-seat-taken = Somebody has taken this seat. Please ask whoever invited you for another.
# $domain is the part of an address behind the @.
subscription-refused-domain = Addresses at { $domain } don’t take a seat here by themselves. Please ask for an invitation.
subscription-refused-offer = This offer can’t be had any more. Please look at the others.
subscription-refused-card = You don’t have that card here. Please choose another, or enter it again.
subscription-refused-card-used = Something is paid with that card. Please choose another for it first.
subscription-refused-unverified = Please confirm your address first: follow the link in our mail.
subscription-refused-care = Please write to { $publication }; we do that for you.
subscription-refused-other = That can’t be done just now. Please look at your account, or write to { $publication }.
