package dev.frontdesk.kit;

import dev.frontdesk.kit.identity.TestPermissions;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** An empty service, to test what the kit alone provides. */
@Import(TestPermissions.class)
@SpringBootApplication(scanBasePackages = "dev.frontdesk.kit.none")
public class KitApplication {}
