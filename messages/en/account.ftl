### The readers' own pages: signing up, in and out, the account. Every message may use $publication, the name of the publication.

account-back = To the front page
account-mail = E-mail address
account-password = Password
account-new-password = New password
# $least is the least number of characters.
account-password-hint = At least { $least } characters. Several words are strong and easy to remember.
account-name = Your name
account-optional = (optional)

## Signing in.

account-login-title = Sign in
account-login-button = Sign in
account-link-hint = You can do without a password: we send a link to your address.
account-link-button = Send me a link
account-forgot-link = Forgotten your password?
account-no-account = No account yet?
account-have-account = Already have an account?
account-wrong = The address or the password is wrong.

## Making an account.

account-register-title = Create an account
account-register-pitch = It is free and takes a minute.
account-register-button = Create the account

## After a mail was sent. $mail is the address, $minutes for how many minutes the link in it is good.

account-sent-title = Look in your mail
account-sent = We have sent a message to { $mail }. Follow the link in it.
account-sent-minutes = { $minutes ->
    [one] The link is good for { $minutes } minute, and once.
   *[other] The link is good for { $minutes } minutes, and once.
}
account-sent-here = It works in this browser only.
account-sent-nothing = Nothing there? Look among unwanted mail, and see whether the address is right.

## After the link was followed.

account-confirm-title = Confirm your address
account-confirm-pitch = One more press, so that nobody but you uses the link.
account-confirm-password = You are in another browser than before. Please type the password that you chose.
account-confirm-button = Confirm and sign in
account-wrong-password = That isn’t the password that you chose.
account-link-over-title = This link can’t be used
account-link-over = It has been used, or its time is over. If you have just pressed the button twice, you are signed in already.
account-link-again = Ask for another
account-elsewhere-title = This link is for another browser
account-elsewhere = It only works where you asked for it. Open it there, or ask for another one here.

## A new password.

account-reset-title = Set a new password
account-forgot-pitch = Tell us your address. We send you a link with which you can set a new one.
account-forgot-button = Send the link
account-reset-note = All your devices will be signed out.
account-reset-button = Save the password
account-password-set-title = Your password is saved
account-password-set = All your devices have been signed out. Sign in with the new password.

## The account.

account-title = Your account
account-signed-in-as = Signed in as { $mail }
account-devices = Where you are signed in
account-device-unknown = A device
account-device-this = this device
# $day is a date.
account-device-seen = last seen on { $day }
account-sign-out = Sign out
account-devices-others = Sign out everywhere else
account-signed-out-title = You are signed out
account-signed-out = Thank you for reading.

## What went wrong.

account-error-title = Please look again
account-error-missing = Please fill this in.
account-error-mail = Please write an address such as anna@example.com.
# $least and $most are numbers of characters.
account-error-password-short = Please choose one with at least { $least } characters.
account-error-password-long = Please choose one with at most { $most } characters.
account-error-password-easy = That is easy to guess. Please choose another.
account-refused-title = That wasn’t done
account-refused-elsewhere = The form was sent from another site. If that was you, please go to the page here and send it again.
account-refused-cookie = Your browser keeps no cookies for this site, or the page was open for more than a day. Please allow cookies, then go back, load the page again and send it once more.
account-refused-old = The page was open for too long, or you have signed in or out meanwhile. Please go back, load it again and send it once more.
account-load-again = Load the page again
account-many-title = Too many tries
account-many = { $minutes ->
    [one] Please wait a minute, then try again.
   *[other] Please wait { $minutes } minutes, then try again.
}
account-busy-title = Not just now
account-busy = Too much is going on at the moment. Nothing has been done; please try again in a minute.
account-broken-title = Something went wrong
account-broken = That was our fault, and we know of it. Please look at your account before you try again: it may have been done.
account-not-so-title = That can’t be done
account-not-so = It isn’t possible any more, or not with this account. Please see in your account how things stand.
account-closed-title = This account is closed
account-closed = Please write to { $publication } to have it opened again.
account-missing-title = There is nothing here
account-missing = The address may be mistyped, or the page may have moved.

## What is set by whoever is signed in.

account-this-language = English
account-language = Language of our mails to you
account-profile-title = Name and language
account-save = Save
account-profile-saved-title = It is saved
account-profile-saved = Your name and your language are as you wished.
account-password-changed = All your other devices have been signed out.
account-password-others = All your other devices will be signed out.
account-data-title = Your data
account-data-pitch = Everything that { $publication } knows of you, as a file.
account-data-holds = It holds your account, your devices, what you pay with (never a card’s number), addresses, consents, the history of your subscriptions and gifts, and your invoices.
account-data-button = Download the file
account-erase-title = Close the account for good
account-erase-pitch = Your name, your addresses, your password, your cards and all that you have written are erased at once. Nobody can bring them back, and you are signed out everywhere.
account-erase-ends = This ends at once, and nothing is given back. If you are within the days in which you may withdraw, withdraw first.
account-erase-kept = What was paid and when, and the invoices with the name on them, are kept as long as the law wants books to be kept: in most countries for six to ten years. Nothing else of it says that it was you.
account-erase-sure = I want my account to be closed for good.
account-erase-button = Close the account
account-lapsed-title = Nothing was changed
account-lapsed = Your password was changed a moment ago, on another device or in another window. Please load the page again and type the new one.
account-erase-payment = A payment of yours is under way, and your bank hasn’t said yet what came of it. Please come back in some minutes: your account can be closed once that is known.
account-erase-bank = Your bank waits for your word about a payment. Please give it, or cancel what it is for; if you do neither, the payment is called off by itself after some days. Then your account can be closed.
account-erase-refund = Money is on its way back to you, which may take some days. Please come back when it has arrived: nobody could send it to a closed account.
account-erased-title = Your account is closed
account-erased = What we knew of you is erased. Thank you for reading.
account-not-erased-title = Not everything could be ended
account-not-erased = A payment is under way, or something you have can’t be ended by itself. Please look at your account, and try again later.
account-error-stale = Please sign out, and sign in again by a link. For ten minutes after that you can do this.
account-error-password-wrong = That isn’t your password.
account-error-sure = Please say that you are sure.
account-mail-title = Your e-mail address
# $now is the address that the account has.
account-mail-pitch = We send a link to the new address. Until you follow it, { $now } stays yours.
account-new-mail = New e-mail address
# $now is an address.
account-mail-unconfirmed = We don’t know yet that { $now } is yours. We can send you a link there; once you have followed it, we do.
account-mail-confirm-now = Send me the link
account-mail-confirm-title = Confirm your new address
account-mail-confirm-pitch = From now on you sign in with it, and our mail goes there.
# $account is the address that the account has, but for its first letter and its place hidden: “a…@example.com”.
account-mail-confirm-whose = This is about the account of { $account }. If that isn’t you, close this page: nothing happens then.
account-mail-confirm-password = You are in another browser than before. Please type the account’s password.
account-mail-confirm-button = Confirm the address
account-mail-changed-title = Your address is changed
account-mail-changed = From now on you sign in with the new one. We have told the old one.
account-mail-taken-title = This address has an account already
account-mail-taken = Sign in with it, or choose another address. If both accounts are yours, write to { $publication } to have them put together.
account-error-mail-same = That is the address you have.

## The newsletter. $mail is the account's address, $day a date, $how by which way it was asked for: “web”, “import” or another.

account-newsletter-title = Newsletter
account-newsletter-consent = Send me the newsletter of { $publication } by e-mail. I can say no at any time, in my account.
account-newsletter-has = The newsletter goes to { $mail }.
account-newsletter-none = You don’t get the newsletter.
account-newsletter-agree = Yes, send it to me
account-newsletter-stop = Stop the newsletter
account-newsletter-said = What you have said
account-newsletter-given = { $how ->
    [web] Asked for on { $day }, on these pages.
    [import] Asked for before, and brought over from another system on { $day }.
   *[other] Asked for on { $day }.
}
account-newsletter-withdrawn = Given up on { $day }, on these pages.
account-newsletter-on-title = You get the newsletter
account-newsletter-on = We have noted that you want it, and when.
account-newsletter-off-title = You won’t get the newsletter any more
account-newsletter-off = We have noted that you don’t want it, and when. One that is on its way already may still come.

## Letting an app in. $app is its name, $mail the account's address.

account-app-title = Let this app in?
account-app-lede = { $app } would like to use your account { $mail }.
account-app-may = It could then
account-app-read = read stories as you do, and see how many free ones are left
account-app-account = see your name, your e-mail address and your language
account-app-saved = see and change the stories that you have saved
account-app-history = see and change your reading history
account-app-not = It never learns your password or what you pay with. It is listed among your devices, where you can sign it out at any time.
account-app-yes = Let it in
account-app-no = Don’t let it in
account-app-unknown-title = This app can’t be let in
account-app-unknown = { $publication } doesn’t know the app that sent you here, or not by this address. It was told nothing. Please ask whoever makes it.
account-app-unfit = The app that sent you here has asked in a way that can’t be read: something is there twice, or is too long. It was told nothing. Please ask whoever makes it.
