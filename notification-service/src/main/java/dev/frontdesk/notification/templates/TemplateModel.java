package dev.frontdesk.notification.templates;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees, and how often it may look: maps and lists within {@code data} can be nested in sections so that a
 * small template and a small model make work without end.
 */
final class TemplateModel {

    /** Under this name stands what an application gives with a mail. */
    static final String GIVEN = "data";

    private static final int MOST_STEPS = 50_000;

    private int steps;

    private TemplateModel() {}

    /** @param model maps, lists, strings, numbers and booleans */
    static Map<String, @Nullable Object> of(Map<String, ?> model) {
        return new TemplateModel().counted(model);
    }

    private Map<String, @Nullable Object> counted(Map<?, ?> map) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> all.put(String.valueOf(name), value(value)));
        return new Counted(all);
    }

    private @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> counted(map);
            case Iterable<?> list -> new CountedList(list);
            default -> value;
        };
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new TooMuchOfATemplate("asks for too much");
        }
    }

    private final class Counted extends AbstractMap<String, @Nullable Object> {

        private final Map<String, @Nullable Object> all;

        private Counted(Map<String, @Nullable Object> all) {
            this.all = all;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            step();
            return all.containsKey(key);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return all.get(key);
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return all.entrySet();
        }

        /** A template may name a whole map; nobody reads what Java makes of it. */
        @Override
        public String toString() {
            return "";
        }
    }

    private final class CountedList implements Iterable<@Nullable Object> {

        private final List<@Nullable Object> all = new ArrayList<>();

        private CountedList(Iterable<?> elements) {
            elements.forEach(element -> all.add(value(element)));
        }

        @Override
        public Iterator<@Nullable Object> iterator() {
            return all.stream().peek(_ -> step()).iterator();
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
