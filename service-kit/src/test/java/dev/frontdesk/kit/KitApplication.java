package dev.frontdesk.kit;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service with nothing of its own, to see what the kit alone gives it. */
@SpringBootApplication(scanBasePackages = "dev.frontdesk.kit.none")
public class KitApplication {}
