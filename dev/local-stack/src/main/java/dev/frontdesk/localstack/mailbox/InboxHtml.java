package dev.frontdesk.localstack.mailbox;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inbox for people. All text from a mail is escaped; its HTML is shown only inside a sandbox. */
final class InboxHtml {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss").withZone(ZoneId.systemDefault());

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2733; --soft: #667385; --line: #e3e8ee; --paper: #fff;
                    --ground: #f4f6f9; --accent: #2557d6 }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6ebf2; --soft: #93a1b3; --line: #2c3644; --paper: #1a222d; --ground: #11171f;
                      --accent: #8ab0ff } }
            * { box-sizing: border-box }
            body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; background: var(--ground); color: var(--ink);
                   font: 16px/1.5 system-ui, sans-serif }
            a { color: inherit; text-decoration: none }
            header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between;
                     margin-bottom: 1.25rem }
            h1 { font-size: 1.4rem; margin: 0 }
            h1 small { color: var(--soft); font-weight: 400; font-size: 1rem }
            input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
                    border-radius: .5rem; padding: .4rem .7rem; width: 17rem; max-width: 100% }
            .card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden }
            .mail { display: grid; grid-template-columns: 1fr auto; padding: .7rem 1rem }
            .mail + .mail { border-top: 1px solid var(--line) }
            .mail:hover b, .mail:focus b { color: var(--accent) }
            .mail span, .soft { color: var(--soft); font-size: .9rem }
            .empty { padding: 3rem 1rem; text-align: center; color: var(--soft) }
            .head { padding: 1rem; border-bottom: 1px solid var(--line) }
            iframe { display: block; width: 100%; height: 32rem; border: 0; background: #fff }
            pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem }
            details { margin-top: 1rem } summary { cursor: pointer; padding: .7rem 1rem }
            code { font-size: .9em }
            """;

    private InboxHtml() {}

    /** @param to the address that the list is filtered by; empty for all */
    static String list(List<Mail> mails, int total, String to) {
        String rows = mails.stream().map(InboxHtml::row).collect(Collectors.joining());
        String content = rows.isEmpty()
                ? "<div class=\"empty\">No mail here yet. It appears by itself when it arrives.</div>"
                : rows;
        return page("Inbox", "<meta http-equiv=\"refresh\" content=\"5\">", """
                <header>
                  <h1>Inbox <small>%d of %d</small></h1>
                  <form><input type="search" name="to" value="%s" placeholder="Only mail to this address"></form>
                </header>
                <main class="card">%s</main>
                <p class="soft">For scripts: <code>GET /api/messages?to=address</code>,
                  <code>DELETE /api/messages</code></p>
                """.formatted(
                        mails.size(), total, escaped(to), content));
    }

    private static String row(Mail mail) {
        return """
                <a class="mail" href="/messages/%s"><b>%s</b><span>%s</span><span>to %s</span></a>
                """.formatted(mail.id(), escaped(subject(mail)), arrival(mail), escaped(mail.to()));
    }

    static String mail(Mail mail) {
        return page(subject(mail), "", """
                <header><h1>%s</h1><a class="soft" href="/">All mail</a></header>
                <main class="card">
                  <div class="head">From %s<br>To %s<br><span class="soft">%s</span></div>
                  %s
                </main>
                %s
                <details class="card"><summary>Headers</summary><pre>%s</pre></details>
                """.formatted(
                        escaped(subject(mail)),
                        escaped(mail.headers().getOrDefault("From", "(no sender)")),
                        escaped(mail.to()),
                        arrival(mail),
                        body(mail),
                        plainText(mail),
                        escaped(headers(mail.headers()))));
    }

    private static String body(Mail mail) {
        return mail.html().isEmpty()
                ? "<pre>" + escaped(mail.text()) + "</pre>"
                : "<iframe sandbox title=\"The mail\" src=\"/messages/" + mail.id() + "/html\"></iframe>";
    }

    private static String plainText(Mail mail) {
        return mail.html().isEmpty() || mail.text().isEmpty()
                ? ""
                : "<details class=\"card\"><summary>Plain text</summary><pre>" + escaped(mail.text())
                        + "</pre></details>";
    }

    private static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String subject(Mail mail) {
        return mail.subject().isBlank() ? "(no subject)" : mail.subject();
    }

    private static String arrival(Mail mail) {
        return TIME.format(Instant.ofEpochMilli(Long.parseLong(mail.id()) / 1000));
    }

    private static String page(String title, String head, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                %s
                <style>%s</style>
                </head>
                <body>
                %s
                </body>
                </html>
                """.formatted(escaped(title), head, STYLE, body);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
