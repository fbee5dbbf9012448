## The app: saved stories, and copies of them on a device. $day is a date, or a % that a script puts one in the place of.

app-title = Reading list
app-front = Front page
app-search = Search
app-pitch = Stories that you have saved, for later and for where there is no network.
app-anonymous = Please sign in to see and save your stories.
app-sign-in = Sign in
app-lacks = Saving stories and reading them offline comes with a subscription that includes the apps. You can read on here as before.
app-offers = See our offers
app-lease = { $days ->
    [1] Copies stay on this device for a day and are renewed whenever you are online. Signing out deletes them.
   *[other] Copies stay on this device for up to { $days } days and are renewed whenever you are online. Signing out deletes them.
}
app-lease-hours = { $hours ->
    [1] Copies stay on this device for an hour and are renewed whenever you are online. Signing out deletes them.
   *[other] Copies stay on this device for up to { $hours } hours and are renewed whenever you are online. Signing out deletes them.
}
app-none = You haven’t saved a story yet. Open one and choose “Save”.
app-saved = Saved on { $day }
app-remove = Remove from the list
app-forget = Delete all copies on this device
app-keep = Keep for offline
app-keep-all = Keep all for offline
app-kept = Kept on this device until { $day }
app-drop = Delete the copy
app-read = Read the copy
app-close = Close the story
app-over = The copy’s time is over, so its text was deleted. Once you are online again, you can keep it anew with your subscription.
app-clock = This device’s clock was set back, so we can’t tell how long the copy may be kept, and its text was deleted. Once you are online again, you can keep it anew.
app-busy = The story is being kept …
app-full = There is no room for more stories. Delete some copies first.
app-not-whole = Your subscription doesn’t include the whole of this story, so it can’t be kept.
app-failed = That didn’t work. Please try again when you are online.
app-script = Copies for offline reading need JavaScript, which is switched off here. Your list works without it.
app-offline-title = You are offline
app-offline = This page can’t be had just now. These stories are kept on this device:
app-nothing = No stories are kept on this device.
app-install = You can put { $publication } on your home screen, from the menu of your browser. We say this only once.
app-install-do = Install
app-install-no = Close

# On a story’s page.
app-save = Save
app-save-kept = Saved, and kept on this device.
app-save-saved = Saved.
