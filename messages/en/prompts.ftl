### What readers are told. Every message may use $publication, the name of the publication.

## Of a meter. $left, $used and $limit are numbers of stories; $period is month, week or days, and $days how many days where it is days.

prompt-period = { $period ->
    [week] this week
    [days] { $days ->
        [1] in this 24-hour period
       *[other] in this { $days }-day period
    }
   *[month] this month
}
prompt-countdown = { $left ->
    [0] No free stories left { prompt-period }
    [one] { $left } free story left { prompt-period }
   *[other] { $left } free stories left { prompt-period }
}
prompt-last-story = This is your last free story { prompt-period }
prompt-paywall-used-up = { $limit ->
    [one] You have read your free story { prompt-period }.
   *[other] You have read all { $limit } of your free stories { prompt-period }.
}
prompt-registration-used-up = { prompt-paywall-used-up } An account is free and lets you read on.
# $renews is a date: the first day of the next period or, of a number of days, the day on which a story is free again.
prompt-renews = { $period ->
    [days] Your next free story is waiting for you on { $renews }.
   *[other] Your free stories renew on { $renews }.
}
# The word for a story in the form that the number asks for: what {{numberArticlesLeft-plural}} stands for in a pasted text.
prompt-story-noun = { $left ->
    [one] story
   *[other] stories
}
# The ending that a word for counted things takes, for a pasted text that has {{numberArticlesLeft-plural}} right after the word. Empty where languages have no such ending.
prompt-story-ending = { $left ->
    [one] { "" }
   *[other] s
}

## Notices on an open story.

prompt-countdown-label = Your free stories
prompt-payment-label = Your subscription
prompt-payment-trouble = Your last payment didn’t go through. Please check your payment details; you can read on meanwhile.
prompt-payment-action = Check payment details
prompt-close = Close this notice

## Walls, after the beginning of a story.

prompt-unlimited = Unlimited access
prompt-paywall-title = Subscribe to keep reading
prompt-paywall-exclusive = This story is for subscribers to { $publication }.
prompt-registration-title = Create a free account to keep reading
prompt-registration-pitch = An account at { $publication } is free and takes a minute.
# Where no account can be made: no link to register is configured.
prompt-registered-only = This story is for registered readers
# Where no more new readers of one network are let in today, so that nobody reads on by forgetting who they are.
prompt-network-title = No more free stories here today
prompt-network-pitch = So many new readers have come from your network today that no free stories are left for others. There will be more tomorrow.
prompt-trial-title = Your trial has ended
prompt-trial-pitch = We hope you enjoyed it. Subscribe to go on reading { $publication }.
prompt-ended-title = Your subscription has ended
prompt-ended-pitch = We would be glad to have you back at { $publication }.
prompt-paused-title = Your subscription is paused
# $resumes is the day on which a paused subscription goes on by itself.
prompt-paused-until = Your subscription is paused until { $resumes }
prompt-paused-pitch = Resume it to go on reading { $publication }. What you have paid for is kept for you.
prompt-unavailable-title = This story can’t be shown in full just now
prompt-unavailable = Please try again in a few minutes.
prompt-benefits = With a subscription
prompt-benefit-stories = Every story, without limit
prompt-benefit-apps = The apps for phone and tablet
prompt-benefit-print = The printed edition, delivered
prompt-subscribe = Subscribe
prompt-renew = Renew your subscription
prompt-resume = Resume your subscription
prompt-register = Create a free account
prompt-all-offers = See all offers
prompt-or-subscribe = Or subscribe for unlimited access
prompt-already-subscriber = Already a subscriber?
prompt-already-registered = Already have an account?
prompt-sign-in = Sign in

## On paper, where nothing can be pressed.

prompt-print-subscribe = The rest of this story is for subscribers to { $publication }.
prompt-print-register = The rest of this story is for registered readers of { $publication }.
