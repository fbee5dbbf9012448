shop-name = { shop-kind }
shop-kind = { $kind ->
    [bundle] Papier et numérique
    [print] L’édition imprimée
    [story] Cet article
    [pass] Tout, pour un temps
    [gift] Abonnement offert
    [team] Abonnement d’équipe
   *[digital] Numérique
}
shop-benefit = { $grant ->
    [read] { prompt-benefit-stories }
    [apps] { prompt-benefit-apps }
    [print] { prompt-benefit-print }
   *[other] { $grant }
}
shop-benefit-story = Cet article, sur tous vos appareils
shop-once-ends = S’arrête tout seul.
shop-once-good = À vous pour toujours.
shop-each = par lecteur

shop-title = S’abonner à { $publication }
shop-pitch = Choisissez ce qui vous convient. Vous pourrez lire aussitôt.
shop-choose = Choisir
shop-choose-gift = Offrir
shop-group-once = Sans abonnement
shop-group-team = Pour plusieurs lecteurs
shop-group-gift = À offrir
shop-badge = { $audience ->
    [lapsed] Heureux de vous revoir
    [registered] Pour les lecteurs inscrits
    [subscribers] Pour les abonnés
   *[new] Pour les nouveaux lecteurs
}
shop-badge-code = Avec votre code
shop-badge-nearest = La plus proche
shop-currency = Prix en
shop-code-open = J’ai un code
shop-code-button = Utiliser
shop-code-wrong = Aucune offre ne correspond à ce code actuellement. Vérifiez qu’il est bien écrit ; les codes aussi expirent.
shop-none = Rien n’est en vente pour le moment.
shop-none-here = Rien n’est vendu dans cette monnaie.
shop-signed-out = Déjà abonné ?
shop-redeem-link = On vous a offert un abonnement ?
shop-current = Vous avez un abonnement.
shop-your-account = Votre compte

shop-gone-over = Cette offre a pris fin le { $day }.
shop-gone-ahead = Cette offre commence le { $day }.
shop-gone-unknown = Cette offre n’existe plus.
shop-gone-others = Cette offre s’adresse à d’autres lecteurs.
shop-gone-used-up = Cette offre est épuisée.
shop-gone-had = Vous avez déjà bénéficié de cette offre.
shop-gone-currency = Cette offre n’est pas vendue dans cette monnaie.
shop-gone-free = Rien n’a été débité.

shop-checkout = { $kind ->
    [gift] Offrir un abonnement
    [once] Acheter l’accès
   *[subscription] S’abonner
}
shop-account-title = D’abord, votre compte
shop-account-pitch = Il garde ce que vous achetez. Vous revenez ici aussitôt.
shop-summary = Ce que vous recevez
shop-other-offer = Une autre offre
shop-today = Aujourd’hui
shop-nothing = Rien
shop-tax = Dont { $amount } de taxe ({ $rate })
shop-tax-reversed = Aucune taxe n’est facturée : entreprise à l’étranger, vous la devez vous-même.
shop-from = À partir du { $day } : { $what }
shop-times = { $rate }, { $count } fois
shop-terms = En clair
shop-term-renews = Il se renouvelle jusqu’à ce que vous le résiliiez. Vous pouvez résilier à tout moment dans votre compte, et lire jusqu’à la fin de la période payée.
shop-term-ends = Il s’arrête tout seul le { $day }. Rien n’est débité ensuite.
shop-term-good = C’est à vous pour toujours. Rien n’est débité ensuite.
shop-term-remind = { $days ->
    [one] Nous vous écrivons un jour avant la fin de votre essai.
   *[other] Nous vous écrivons { $days } jours avant la fin de votre essai.
}
shop-term-rise = { $days ->
    [one] Un prix plus élevé vous serait annoncé un jour avant.
   *[other] Un prix plus élevé vous serait annoncé { $days } jours avant.
}
shop-term-rise-asked = { $days ->
    [one] Un prix plus élevé vous serait annoncé un jour avant, et ne s’appliquerait qu’avec votre accord.
   *[other] Un prix plus élevé vous serait annoncé { $days } jours avant, et ne s’appliquerait qu’avec votre accord.
}
shop-term-withdraw-full = { $days ->
    [one] Vous pouvez vous rétracter sous un jour, et tout vous est remboursé.
   *[other] Vous pouvez vous rétracter sous { $days } jours, et tout vous est remboursé.
}
shop-term-withdraw-part = { $days ->
    [one] Vous souhaitez lire aussitôt. Vous pouvez vous rétracter sous un jour, et ce que vous n’avez pas utilisé vous est remboursé.
   *[other] Vous souhaitez lire aussitôt. Vous pouvez vous rétracter sous { $days } jours, et ce que vous n’avez pas utilisé vous est remboursé.
}
shop-term-waived = Vous souhaitez lire aussitôt, et savez que vous ne pourrez plus vous rétracter ensuite.
shop-term-gift = Le code est envoyé dès le paiement. Il peut être utilisé pendant { $length }.
shop-term-gift-once = Un seul paiement, aujourd’hui. Rien ne se renouvelle.
shop-consent = J’accepte ces conditions.
shop-consent-missing = Cochez cette case pour continuer.
shop-changed = Les montants ou les conditions ont changé. Veuillez les relire ; rien n’a été débité.

shop-you = Vous
shop-country = Pays
shop-country-hint = Les taxes en dépendent.
shop-country-missing = Choisissez un pays.
shop-business = J’achète pour une entreprise
shop-business-name = Nom de l’entreprise
shop-business-street = Numéro et rue
shop-business-city = Code postal et ville
shop-vat = Numéro de TVA
shop-vat-hint = Sans lui, nous facturons la taxe comme à tous.
shop-vat-wrong = Ce n’est pas un numéro de TVA du pays choisi. Vérifiez-le, ou laissez ce champ vide.
shop-seats = Nombre de lecteurs
shop-seats-hint = De { $least } à { $most }.
shop-seats-wrong = Écrivez un nombre de { $least } à { $most }.
shop-update = Afficher les nouveaux montants
shop-post = Où livrer
shop-post-name = Nom sur la boîte aux lettres
shop-post-street = Numéro et rue
shop-post-more = Étage, aux soins de
shop-post-city = Ville
shop-post-region = État ou province
shop-post-code = Code postal
shop-too-long = Écrivez { $most } caractères au plus.
shop-line-wrong = Écrivez-le sur une ligne, sans caractères spéciaux.
shop-gift-who = À qui l’offrir
shop-gift-to = Son nom
shop-gift-mail = Son adresse e-mail
shop-gift-mail-hint = Laissez vide pour remettre le code vous-même.
shop-gift-from = Votre nom, tel qu’il figure sur la carte
shop-gift-words = Quelques mots
shop-method = Votre paiement
shop-method-known = { $card }, valable jusqu’à { $until }
shop-method-new = Une autre carte
shop-method-missing = Choisissez une carte.
shop-card-number = Numéro de carte
shop-card-expires = Expire fin (mois/année)
shop-card-code = Code de sécurité
shop-card-sandbox = Aucun argent ne circule ici : c’est un bac à sable. N’entrez jamais une vraie carte. 4242 4242 4242 4242 convient, avec toute date à venir et tout code.
shop-card-number-wrong = Le bac à sable n’accepte que ses propres numéros, comme 4242 4242 4242 4242.
shop-card-expires-wrong = Écrivez le mois et l’année, comme 05/30, d’une carte encore valable.
shop-card-code-wrong = Écrivez les trois ou quatre chiffres.
shop-card-stripe = Votre carte
shop-card-stripe-hint = Le numéro va à Stripe, qui le garde. Nous ne le voyons jamais.
shop-card-script = Les cartes se saisissent avec un script de Stripe. Autorisez les scripts pour cette page, puis rechargez-la.
shop-card-failed = La carte n’a pas pu être enregistrée. Vérifiez-la, ou essayez-en une autre.
shop-card-many = Il y a eu de nombreuses tentatives. Attendez quelques minutes, puis réessayez ; rien n’a été débité.
shop-card-loading = Le champ de la carte se charge…
shop-pay = S’abonner et payer { $amount }
shop-pay-later = S’abonner, sans rien payer aujourd’hui
shop-pay-once = Acheter et payer { $amount }
shop-pay-nothing = Commencer

shop-declined = { $reason ->
    [insufficient_funds] La provision est insuffisante. Essayez une autre carte.
    [card_expired] La carte a expiré. Essayez-en une autre.
    [card_blocked] La carte est bloquée. Contactez votre banque, ou essayez-en une autre.
    [authentication_failed] Il n’a pas été confirmé auprès de votre banque. Réessayez, ou prenez une autre carte.
    [provider_error] Cela n’a pas été possible. Réessayez dans un instant.
    [voided] Il a été annulé. Réessayez.
    [never_answered] Personne ne nous a dit ce qu’il est devenu. Vérifiez qu’il n’a pas été débité avant de réessayer.
   *[refused] La banque l’a refusé sans dire pourquoi. Contactez-la, ou essayez une autre carte.
}
shop-declined-title = Le paiement n’a pas abouti
shop-kept-many = { $minutes ->
    [one] Trop de tentatives. Ce que vous avez saisi est toujours là : attendez une minute, puis envoyez-le de nouveau. Une carte est à saisir de nouveau.
   *[other] Trop de tentatives. Ce que vous avez saisi est toujours là : attendez { $minutes } minutes, puis envoyez-le de nouveau. Une carte est à saisir de nouveau.
}
shop-kept-old = Rien n’a été fait : la page était ouverte depuis trop longtemps, ou vous vous êtes connecté ou déconnecté entre-temps. Ce que vous avez saisi est toujours là ; vérifiez-le et envoyez-le de nouveau. Une carte est à saisir de nouveau.

shop-has-title = Vous l’avez déjà
shop-has = Ce que vous avez le comprend. Vous pouvez le modifier dans votre compte.
shop-used-title = Ce formulaire a servi
shop-used = Il a déjà été envoyé pour autre chose. Rouvrez l’offre.
shop-story-title = Cet article n’est pas vendu seul
shop-story-missing = Ouvrez l’article que vous voulez, et choisissez-le là.

shop-welcome-title = Bienvenue à { $publication }
shop-welcome = Tout vous est ouvert. Un reçu part vers votre messagerie.
shop-welcome-free = Tout vous est ouvert. Nous vous avons écrit ce qui est convenu.
shop-welcome-once = L’accès vous est ouvert. Un reçu part vers votre messagerie.
shop-welcome-team = Invitez maintenant vos lecteurs depuis votre compte. Un reçu part vers votre messagerie.
shop-welcome-delivered = C’est à vous désormais. Nous vous avons écrit le détail de votre achat.
shop-welcome-story = Reprendre ma lecture
shop-welcome-home = À la une
shop-gift-done-title = Merci : le cadeau est payé
shop-gift-done = Le code part par e-mail, et un reçu vers vous.
shop-gift-done-self = Le code part vers votre messagerie avec un reçu, pour que vous le remettiez.
shop-gift-code = Son code :
shop-gift-mailed = Il est envoyé à { $mail }. Si l’adresse est erronée ou si rien n’arrive, remettez le code vous-même.
shop-wait-title = Votre paiement est en cours
shop-wait = Nous attendons la réponse. Vous n’avez rien à faire : cette page vérifie d’elle-même, et rien n’est débité deux fois.
shop-wait-again = Vérifier
shop-wait-leave = Vous pouvez aussi fermer cette page. Nous vous écrivons dès que l’issue est connue.
shop-bank-title = Confirmez le paiement
shop-bank-sandbox = Cette page joue votre banque. { $publication } demande { $amount }.
shop-bank-yes = Confirmer le paiement
shop-bank-no = Ne pas payer
shop-bank-other = Payer avec une autre carte
shop-bank-stripe = Votre banque veut que vous confirmiez { $amount }. Sa fenêtre s’ouvre quand vous appuyez sur le bouton.
shop-again = Réessayer
shop-otherwise = { $how ->
    [past_due] Le dernier paiement n’a pas abouti. Tout reste ouvert pour l’instant ; votre compte indique jusqu’à quand et permet de payer.
    [paused] Il est suspendu. Vous pouvez le reprendre depuis votre compte.
    [redeemed] Le cadeau a été utilisé. Merci de l’avoir offert.
    [gift_ended] Le cadeau ne peut plus être utilisé. Votre compte indique ce qu’il en est.
   *[ended] C’est terminé. Votre compte conserve les paiements et les factures.
}
shop-over-title = Cet achat est clos
shop-over = Il ne peut plus être payé. Rien n’a été débité ; vous pouvez recommencer.

shop-redeem-title = Utiliser un cadeau
shop-redeem-pitch = Le code est sur la carte ou dans l’e-mail que vous avez reçu.
shop-redeem-code = Code du cadeau
shop-redeem-button = Voir le cadeau
shop-redeem-take = Prendre le cadeau
shop-redeem-for = Pour { $name }
shop-redeem-from = De la part de { $name }
shop-redeem-unknown = Aucun cadeau n’a ce code. Vérifiez qu’il est bien écrit.
shop-redeem-replaced = Ce code a été remplacé : le cadeau a été renvoyé à une autre adresse. Demandez le nouveau code à la personne qui l’a offert.
shop-redeem-redeemed = Ce cadeau a déjà été utilisé. Un code ne sert qu’une fois.
shop-redeem-unpaid = Ce cadeau n’est pas encore payé. Réessayez plus tard, ou demandez à qui l’a offert.
shop-redeem-over = Ce cadeau ne peut plus être utilisé. Demandez à qui l’a offert.
shop-redeem-account = Votre cadeau est lié à un compte. Il est gratuit, et vous revenez ici aussitôt.
shop-redeem-free = Vous ne payez rien, et rien ne se renouvelle.
shop-redeem-has = Vous avez déjà ce qu’il offre. Le code reste valable jusqu’au { $day } : utilisez-le quand ce que vous avez sera terminé, ou transmettez-le.
