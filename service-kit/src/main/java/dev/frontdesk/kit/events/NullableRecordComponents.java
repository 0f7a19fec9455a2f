package dev.frontdesk.kit.events;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.InjectableValues;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * A {@code @Nullable} field of an event may be missing or null in its data; every other field must be present. A field
 * that is added to an event has to be {@code @Nullable} in its first version: events of the previous version lack it.
 */
final class NullableRecordComponents extends JacksonAnnotationIntrospector {

    private static final String NOTHING = "nothing";

    static final InjectableValues VALUES = new InjectableValues.Std().addValue(NOTHING, null);

    @Override
    public JacksonInject.@Nullable Value findInjectableValue(MapperConfig<?> config, AnnotatedMember member) {
        return member instanceof AnnotatedParameter part && isNullable(part)
                ? JacksonInject.Value.construct(NOTHING, true, true)
                : super.findInjectableValue(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedParameter part && !isNullable(part)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : super.findSetterInfo(config, annotated);
    }

    private static boolean isNullable(AnnotatedParameter part) {
        if (!(part.getOwner().getAnnotated() instanceof Executable constructor)) {
            return false;
        }
        AnnotatedType[] types = constructor.getAnnotatedParameterTypes();
        return part.getIndex() < types.length && types[part.getIndex()].isAnnotationPresent(Nullable.class);
    }
}
