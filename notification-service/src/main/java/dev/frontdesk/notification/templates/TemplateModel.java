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
 * What a template sees, and how often it may look: maps and lists within {@code data} can be nested in sections so that a
 * small template and a small model make work without end.
 */
final class TemplateModel {

    /** Under this name stands what an application gives with a mail. */
    static final String GIVEN = "data";

    private final RenderingBudget renderingBudget;
    private final int stepsOfAnElement;

    private TemplateModel(RenderingBudget renderingBudget, int stepsOfAnElement) {
        this.renderingBudget = renderingBudget;
        this.stepsOfAnElement = stepsOfAnElement;
    }

    /**
     * @param model maps, lists, strings, numbers and booleans
     * @param unseen how many tags the template has that may be done for each element of a list without a look in here
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

        /** A template walks lists alone. */
        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return Set.of();
        }

        /** A template may name a whole map; nobody reads what Java makes of it. */
        @Override
        public String toString() {
            return "";
        }
    }

    private final class CountedList implements Iterable<Object> {

        private static final String NOTHING = "";

        private final List<Object> all = new ArrayList<>();

        /** Nothing can't be asked for a name, not even to say that it has none. */
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
