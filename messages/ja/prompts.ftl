prompt-period = { $period ->
    [week] 今週
    [days] { $days ->
        [1] この24時間
       *[other] この{ $days }日間
    }
   *[month] 今月
}
prompt-countdown = { $left ->
    [0] { prompt-period }、無料でお読みいただける記事はもうありません
   *[other] { prompt-period }、無料でお読みいただける記事はあと{ $left }本です
}
prompt-last-story = { prompt-period }、無料でお読みいただける最後の記事です
prompt-paywall-used-up = { $limit ->
    [1] { prompt-period }の無料記事はすでにお読みいただきました。
   *[other] { prompt-period }の無料記事{ $limit }本をすべてお読みいただきました。
}
prompt-registration-used-up = { prompt-paywall-used-up }無料の会員登録で続きをお読みいただけます。
prompt-renews = { $period ->
    [days] 次の無料記事は{ $renews }からお読みいただけます。
   *[other] 無料記事は{ $renews }から再びお読みいただけます。
}
prompt-story-noun = 本
prompt-story-ending = { "" }

prompt-countdown-label = 無料記事のご案内
prompt-payment-label = ご購読について
prompt-payment-trouble = 前回のお支払いを確認できませんでした。記事は引き続きお読みいただけます。お支払い方法をご確認ください。
prompt-payment-action = お支払い方法を確認する
prompt-close = このお知らせを閉じる

prompt-unlimited = 読み放題
prompt-paywall-title = 続きは購読してお読みください
prompt-paywall-exclusive = この記事は「{ $publication }」購読者限定です。
prompt-registration-title = 無料の会員登録で続きをお読みいただけます
prompt-registration-pitch = 「{ $publication }」の会員登録は無料で、1分ほどで完了します。
prompt-registered-only = この記事は会員限定です
prompt-network-title = 本日の無料記事は終了しました
prompt-network-pitch = お使いのネットワークからの新しい読者が本日の上限に達しました。無料記事は明日から再びお読みいただけます。
prompt-trial-title = お試し期間が終了しました
prompt-trial-pitch = お試しいただきありがとうございました。引き続き「{ $publication }」をお読みになるには、ご購読をお申し込みください。
prompt-ended-title = ご購読期間が終了しました
prompt-ended-pitch = またのご購読を「{ $publication }」一同お待ちしております。
prompt-paused-title = ご購読は一時停止中です
prompt-paused-until = ご購読は{ $resumes }まで一時停止中です
prompt-paused-pitch = 再開すると「{ $publication }」を引き続きお読みいただけます。お支払い済みの期間はそのまま残ります。
prompt-unavailable-title = 現在、この記事の全文を表示できません
prompt-unavailable = 数分後にもう一度お試しください。
prompt-benefits = ご購読の内容
prompt-benefit-stories = すべての記事が読み放題
prompt-benefit-apps = スマートフォン・タブレット用アプリ
prompt-benefit-print = 紙面をご自宅にお届け
prompt-subscribe = 購読する
prompt-renew = 購読を再開する
prompt-resume = 購読を再開する
prompt-register = 無料で会員登録する
prompt-all-offers = すべてのプランを見る
prompt-or-subscribe = 購読して読み放題にする
prompt-already-subscriber = すでにご購読中の方は
prompt-already-registered = すでに会員の方は
prompt-sign-in = ログイン

prompt-print-subscribe = この続きは「{ $publication }」の購読者の方がお読みいただけます。
prompt-print-register = この続きは「{ $publication }」の会員の方がお読みいただけます。
