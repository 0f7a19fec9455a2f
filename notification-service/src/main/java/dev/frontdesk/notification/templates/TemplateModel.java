package dev.frontdesk.notification.templates;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model of a template, with a limit on lookups: nested sections over maps and lists in {@code data} could otherwise
 * make a small template and a small model cause unbounded work.
 */
final class TemplateModel {

    /** The name of the data that an application sends with a mail. */
    static final String GIVEN = "data";

    private final RenderingBudget renderingBudget;
    private final int stepsOfAnElement;

    private TemplateModel(RenderingBudget renderingBudget, int stepsOfAnElement) {
        this.renderingBudget = renderingBudget;
        this.stepsOfAnElement = stepsOfAnElement;
    }

    /**
     * @param model maps, lists, strings, numbers and booleans
     * @param unseen how many tags of the template may run for each list element without a lookup in this model
     */
    static Map<String, @Nullable Object> of(Map<String, ?> model, RenderingBudget renderingBudget, int unseen) {
        return new TemplateModel(renderingBudget, 1 + unseen).counted(model);
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

    private final class Counted extends AbstractMap<String, @Nullable Object> {

        private final Map<String, @Nullable Object> all;

        private Counted(Map<String, @Nullable Object> all) {
            this.all = all;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            renderingBudget.take(1);
            return all.containsKey(key);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return all.get(key);
        }

        /** Empty: a template iterates only over lists. */
        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return Set.of();
        }

        /** A template may use a whole map as a text; Java's text form of a map is not meant for readers. */
        @Override
        public String toString() {
            return "";
        }
    }

    private final class CountedList implements Iterable<Object> {

        private static final String NOTHING = "";

        private final List<Object> all = new ArrayList<>();

        /** Replaces null elements, since a name can't be looked up in null, not even to find out that it is missing. */
        private CountedList(Iterable<?> elements) {
            elements.forEach(element -> all.add(Objects.requireNonNullElse(value(element), NOTHING)));
        }

        @Override
        public Iterator<Object> iterator() {
            return all.stream()
                    .peek(_ -> renderingBudget.take(stepsOfAnElement))
                    .iterator();
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
