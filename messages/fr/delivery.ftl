### La livraison de l’édition imprimée : ce qui arrive où, la suspendre, la faire suivre.

delivery-link = Livraison : la suspendre ou la faire suivre
delivery-link-address = Livraison : donner une adresse
delivery-no-address = Rien n’est encore livré : il nous manque une adresse.
delivery-title = Livraison
delivery-ahead = Les quatre prochaines semaines
delivery-span = Du { $first } au { $last } ({ $count } livraisons)
delivery-state = { $state ->
    [home] À { $address }
    [elsewhere] À une autre adresse : { $address }
    [suspended] Pas de livraison, comme vous l’avez demandé
    [missing] Nous n’avons pas d’adresse. Dites-nous où livrer.
   *[none] Votre abonnement ne comprend pas l’édition imprimée à ce moment-là
}
delivery-nothing-ahead = Rien n’est livré dans les quatre prochaines semaines.
delivery-early = Les livraisons d’avant le { $day } étaient fixées avant votre abonnement : il se peut qu’elles ne vous parviennent pas encore.
delivery-settled = Ce que vous changez maintenant vaut à partir du { $day }. Les livraisons d’avant sont déjà fixées.
delivery-settled-too = Certaines livraisons suivantes sont aussi déjà fixées : { $days }.
delivery-days = du { $first } au { $last }
delivery-days-and = { $before }, { $next }
delivery-wishes = Ce que vous avez demandé
delivery-wishes-none = Rien : elle arrive comme d’habitude.
delivery-wish-suspended = Rien n’est livré du { $first } au { $last }.
delivery-wish-suspended-day = Rien n’est livré le { $first }.
delivery-wish-redirected = Du { $first } au { $last }, elle est envoyée à { $address }.
delivery-wish-redirected-day = Le { $first }, elle est envoyée à { $address }.
delivery-wish-for-good = À partir du { $first }, elle est envoyée à { $address }.
delivery-wish-but = C’était trop tard pour ces jours, déjà fixés : { $days }.
delivery-undo = Annuler
delivery-undo-rest = Y mettre fin plus tôt
delivery-undone = C’est annulé.
delivery-no-home = Nous ne savons pas encore où livrer. Faites-la envoyer à une adresse à partir d’un jour.

## Suspendre.

delivery-suspend-title = Suspendre la livraison
delivery-suspend-says = Pendant votre absence, rien n’est livré. Cela ne concerne que la livraison : votre abonnement continue comme avant, et rien n’est remboursé pour ces jours.
delivery-suspend-days = { $count ->
    [one] Un jour à la fois est possible.
   *[other] Jusqu’à { $count } jours à la fois sont possibles.
}
delivery-suspend-left = { $count ->
    [0] Vous avez utilisé toutes vos suspensions pour { $year }.
    [one] C’est encore possible une fois en { $year }.
   *[other] C’est encore possible { $count } fois en { $year }.
}
delivery-suspend-first = Premier jour sans livraison
delivery-suspend-last = Dernier jour sans livraison
delivery-suspend-button = Suspendre la livraison
delivery-first-hint = Au plus tôt le { $day }

## Faire suivre.

delivery-redirect-title = L’envoyer à une autre adresse
delivery-redirect-says = Pour un temps, ou définitivement à partir d’un jour.
delivery-redirect-first = À partir du
delivery-redirect-last = Jusqu’au, inclus
delivery-redirect-last-hint = Laissez vide si cela doit rester ainsi.
delivery-redirect-button = L’envoyer là

## Pourquoi ce n’est pas fait.

delivery-refused-day = Écrivez une date, par exemple 2026-12-24.
delivery-refused-early = La livraison de ce jour est déjà fixée. Le prochain jour modifiable est le { $day }.
delivery-refused-far = C’est trop loin. Cela peut commencer au plus tard le { $day }.
delivery-refused-backwards = Le dernier jour est avant le premier.
delivery-refused-no-end = Dites jusqu’à quand.
delivery-refused-long = { $count ->
    [one] Un jour à la fois est possible.
   *[other] { $count } jours à la fois sont possibles au plus.
}
delivery-refused-nothing = De toute façon, rien n’est livré ces jours-là.
delivery-refused-many = { $count ->
    [one] C’est possible une fois par an.
   *[other] C’est possible { $count } fois par an.
}
delivery-refused-overlaps = Certains de ces jours font partie de ce que vous avez demandé à partir du { $day }. Annulez cela d’abord.
delivery-refused-full = Vous avez déjà demandé beaucoup de choses. Annulez-en une d’abord.
delivery-refused-over = Cela ne peut plus être changé : c’est passé, ou les livraisons des derniers jours sont déjà fixées.
