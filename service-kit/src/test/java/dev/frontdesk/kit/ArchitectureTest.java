package dev.frontdesk.kit;

import dev.frontdesk.testsupport.architecture.HouseRules;

class ArchitectureTest implements HouseRules {}
