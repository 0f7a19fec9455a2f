package dev.frontdesk.testsupport.servers;

import static org.springframework.test.context.TestContextAnnotationUtils.findMergedAnnotation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Registers the servers of a {@link WithServers} test as beans of its context. */
final class ServersInContext implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        var wanted = findMergedAnnotation(testClass, WithServers.class);
        return wanted == null
                ? null
                : new Beans(
                        Set.of(wanted.value()),
                        Set.of(wanted.own()),
                        wanted.own().length == 0 ? WithServers.class : testClass);
    }

    /**
     * Test classes with equal values share a cached context.
     *
     * @param forWhom the test class, if it has its own servers
     */
    private record Beans(Set<Server> shared, Set<Server> own, Class<?> forWhom) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            var source = context.getEnvironment().getPropertySources().get(ServersBeforeContext.Source.NAME);
            if (!(source instanceof ServersBeforeContext.Source found)) {
                throw new IllegalStateException("@WithServers works with @SpringBootTest only");
            }
            register(found.servers(), context.getBeanFactory());
            found.servers().parts().forEach(part -> register(part, context.getBeanFactory()));
            found.servers().parts().forEach(part -> endWith(context, part));
        }

        /** A server that no other test uses ends behind the service that used it. */
        private static void endWith(ConfigurableApplicationContext context, Object part) {
            if (part instanceof TestServer server && !server.isShared()) {
                var beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
                beans.registerDisposableBean(part.getClass().getName(), server::close);
            }
        }

        private static void register(Object part, ConfigurableListableBeanFactory beans) {
            beans.registerSingleton(part.getClass().getName(), part);
        }
    }
}
