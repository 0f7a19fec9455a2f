package dev.frontdesk.testsupport.architecture.wrong.injection;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class Injected {

    @Autowired
    @Nullable Runnable autowired;

    @Value("${some.value}")
    @Nullable String value;
}
