package dev.frontdesk.notification.emailtemplates;

import dev.frontdesk.notification.templates.GuardedTemplate;
import java.util.Optional;
import java.util.TreeSet;

/** The variables that the templates of one kind of mail may use, and those that they must use. */
final class MailVariables {

    private static final String RECIPIENT = "name";
    private static final String GIVEN = "data.";

    private final Optional<MailKind> kind;

    /** @param kind empty for a tenant's own kind, whose templates may use any data */
    MailVariables(Optional<MailKind> kind) {
        this.kind = kind;
    }

    /**
     * @param whole whether this part must show the required variable by itself
     * @throws IllegalArgumentException with a message that may be shown
     */
    GuardedTemplate checked(GuardedTemplate template, boolean whole) {
        for (String name : new TreeSet<>(template.names())) {
            if (!knows(name)) {
                throw new IllegalArgumentException("has an unknown variable; this kind of mail has " + all());
            }
        }
        var needed = kind.flatMap(MailKind::needed);
        if (whole && needed.isPresent() && !template.names().contains(needed.get())) {
            throw new IllegalArgumentException("must show {{" + needed.get() + "}}");
        }
        return template;
    }

    private boolean knows(String name) {
        return name.equals(RECIPIENT)
                || kind.map(known -> known.names().contains(name)).orElseGet(() -> name.startsWith(GIVEN));
    }

    private String all() {
        var names = new TreeSet<String>();
        names.add(RECIPIENT);
        kind.ifPresentOrElse(known -> names.addAll(known.names()), () -> names.add("data.…"));
        return String.join(", ", names);
    }
}
