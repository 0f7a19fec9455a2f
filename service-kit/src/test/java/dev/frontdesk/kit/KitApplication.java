package dev.frontdesk.kit;

import dev.frontdesk.kit.identity.TestPermissions;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** A service with nothing of its own, to see what the kit alone gives it. */
@Import(TestPermissions.class)
@SpringBootApplication(scanBasePackages = "dev.frontdesk.kit.none")
public class KitApplication {}
