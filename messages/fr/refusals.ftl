subscription-refused-ended = Cet abonnement est terminé. Vous pouvez en prendre un nouveau à tout moment.
subscription-refused-unpaid = Le premier paiement est encore attendu. Veuillez d’abord payer.
subscription-refused-paused = Il est en pause. Reprenez-le d’abord.
subscription-refused-not-paused = Il n’est pas en pause : vous pouvez déjà lire.
subscription-refused-past-due = Un paiement n’a pas abouti. Veuillez d’abord payer.
subscription-refused-under-way = Un paiement est en cours. Veuillez patienter quelques minutes, le temps de savoir s’il a abouti.
subscription-refused-no-method = Il n’y a pas de moyen de paiement. Veuillez d’abord en ajouter un.
subscription-refused-no-address = Il arrive par la poste. Veuillez d’abord indiquer une adresse.
subscription-refused-not-delivered = Rien n’arrive par la poste : aucune adresse n’est nécessaire.
subscription-refused-ends = Il prend fin de lui-même après le { $day }. Il n’y a rien à résilier, à suspendre ni à changer.
subscription-refused-no-end = Il ne vous coûte rien et n’a pas de fin. Il n’y a rien à résilier, à suspendre ni à changer.
subscription-refused-ending = Il est déjà résilié. Pour changer quelque chose, décidez d’abord de le garder.
subscription-refused-not-ending = Il n’est pas résilié. Il se poursuit de lui-même.
subscription-refused-no-pause = Cet abonnement ne peut pas être mis en pause. Vous pouvez le résilier et revenir à tout moment.
subscription-refused-paused-enough = Cette période a déjà été mise en pause aussi longtemps que possible. Vous pourrez le refaire pendant la suivante.
subscription-refused-trial = Un essai ne peut pas être mis en pause. Vous pouvez le résilier ou attendre sa fin.
subscription-refused-pause-day = Veuillez choisir un jour de demain au { $day }.
subscription-refused-currency = Cette formule n’est pas vendue dans votre monnaie. Veuillez en choisir une autre.
subscription-refused-same = Vous avez déjà cette formule. Veuillez en choisir une autre.
subscription-refused-once = Cela s’achète une fois et ne se renouvelle pas. Vous pouvez l’acheter en plus de votre abonnement.
subscription-refused-elsewhere = Vous avez déjà payé jusqu’au { $day }. Veuillez choisir le changement pour la période suivante.
subscription-refused-kind = Une formule pour une personne ne peut pas devenir une formule pour plusieurs. Veuillez prendre un nouvel abonnement.
subscription-refused-taken = { $count ->
    [one] { $count } place est prise. Libérez-la d’abord ou choisissez plus de places.
   *[other] { $count } places sont prises. Libérez-en d’abord ou choisissez plus de places.
}
subscription-refused-no-change = Aucun changement de formule n’est prévu. Tout reste comme avant.
subscription-refused-withdrawal-over = Le droit de rétractation a pris fin le { $day }. Vous pouvez résilier à la place.
subscription-refused-no-withdrawal = Il n’y a pas de droit de rétractation ici. Vous pouvez résilier à la place.
subscription-refused-no-rise = Aucun nouveau prix n’est prévu. Il n’y a rien à répondre.
subscription-refused-nothing-open = Il n’y a rien à payer. Tout est en ordre.
subscription-refused-attempts = Ce paiement a été tenté trop souvent. Veuillez prendre un nouvel abonnement ou écrire à { $publication }.
subscription-refused-for-one = Cet abonnement est pour une personne. Choisissez une formule avec des places pour inviter d’autres lecteurs.
subscription-refused-full = { $count ->
    [one] La seule place est prise. Libérez-la d’abord ou choisissez plus de places.
   *[other] Les { $count } places sont prises. Libérez-en une d’abord ou choisissez plus de places.
}
subscription-refused-invitation = Cette invitation n’est plus valable. Demandez-en une autre à la personne qui vous a invité.
subscription-refused-seat-taken = Quelqu’un a pris cette place. Demandez une autre invitation à la personne qui vous a invité.
subscription-refused-domain = Les adresses chez { $domain } n’obtiennent pas de place d’elles-mêmes. Veuillez demander une invitation.
subscription-refused-offer = Cette offre n’est plus disponible. Veuillez regarder les autres.
subscription-refused-card = Vous n’avez pas cette carte ici. Veuillez en choisir une autre ou la saisir de nouveau.
subscription-refused-card-used = Quelque chose est payé avec cette carte. Veuillez d’abord en choisir une autre.
subscription-refused-unverified = Veuillez d’abord confirmer votre adresse : suivez le lien de notre e-mail.
subscription-refused-care = Veuillez écrire à { $publication } ; nous le faisons pour vous.
subscription-refused-other = Ce n’est pas possible pour l’instant. Veuillez consulter votre compte ou écrire à { $publication }.
