package dev.frontdesk.notification;

import dev.frontdesk.testsupport.architecture.HouseRules;

class ArchitectureTest implements HouseRules {}
