### The delivery of the printed edition: what comes where, suspending it, and sending it elsewhere.
### $day, $first and $last are dates in words; $address is a name, a street and a town.

delivery-link = Delivery: suspend it or send it elsewhere
delivery-link-address = Delivery: tell us where to send it
delivery-no-address = Nothing is delivered yet: we have no address.
delivery-title = Delivery
delivery-ahead = The next four weeks
# $count is how many deliveries those are.
delivery-span = { $first } to { $last } ({ $count } deliveries)
delivery-state = { $state ->
    [home] To { $address }
    [elsewhere] To another address: { $address }
    [suspended] Not delivered, as you wished
    [missing] We have no address for it. Tell us where it should go.
   *[none] Your subscription doesn’t include print then
}
delivery-nothing-ahead = Nothing is delivered in the next four weeks.
delivery-early = Deliveries before { $day } were settled before you subscribed and may not reach you yet.
delivery-settled = What you change now holds from { $day } on. What comes before that is settled.
# $days is one day or several, as the two messages after it say them.
delivery-settled-too = What comes on some later days is settled as well: { $days }.
delivery-days = { $first } to { $last }
delivery-days-and = { $before }, { $next }
delivery-wishes = What you have arranged
delivery-wishes-none = Nothing: it comes as usual.
delivery-wish-suspended = Nothing is delivered from { $first } to { $last }.
delivery-wish-suspended-day = Nothing is delivered on { $first }.
delivery-wish-redirected = From { $first } to { $last } it goes to { $address }.
delivery-wish-redirected-day = On { $first } it goes to { $address }.
delivery-wish-for-good = From { $first } on it goes to { $address }.
delivery-wish-but = It came too late for these days, which were settled: { $days }.
delivery-undo = Take it back
delivery-undo-rest = End it early
delivery-undone = It is taken back.
delivery-no-home = We don’t know yet where to deliver. Send it to an address from a day on.

## Suspending it.

delivery-suspend-title = Suspend delivery
delivery-suspend-says = While you are away, nothing is delivered. This is about delivery only: your subscription runs on as before, and nothing is given back for these days.
delivery-suspend-days = { $count ->
    [one] It can last one day at a time.
   *[other] It can last up to { $count } days at a time.
}
delivery-suspend-left = { $count ->
    [0] You have used up your suspensions for { $year }.
    [one] You can suspend it once more in { $year }.
   *[other] You can suspend it { $count } more times in { $year }.
}
delivery-suspend-first = First day without delivery
delivery-suspend-last = Last day without delivery
delivery-suspend-button = Suspend delivery
delivery-first-hint = { $day } at the earliest

## Sending it elsewhere.

delivery-redirect-title = Send it to another address
delivery-redirect-says = For a while, or for good from a day on.
delivery-redirect-first = From
delivery-redirect-last = Until, and including
delivery-redirect-last-hint = Leave it empty if it should stay so.
delivery-redirect-button = Send it there

## Why it isn’t done.

delivery-refused-day = Please write a date, such as 2026-12-24.
delivery-refused-early = What comes on that day is settled already. The next day that can be changed is { $day }.
delivery-refused-far = That is too far ahead. It can begin on { $day } at the latest.
delivery-refused-backwards = The last day is before the first.
delivery-refused-no-end = Please say until when.
delivery-refused-long = { $count ->
    [one] It can last one day at a time.
   *[other] It can last { $count } days at a time at most.
}
delivery-refused-nothing = Nothing is delivered on these days anyway.
delivery-refused-many = { $count ->
    [one] It can be suspended once a year.
   *[other] It can be suspended { $count } times a year.
}
delivery-refused-overlaps = Some of these days belong to what you have arranged from { $day } on. Take that back first.
delivery-refused-full = You have arranged a lot already. Take something back first.
delivery-refused-over = It can’t be changed any more: it is over, or what comes on its last days is settled.
