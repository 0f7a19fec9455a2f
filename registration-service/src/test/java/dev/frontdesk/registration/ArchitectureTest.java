package dev.frontdesk.registration;

import dev.frontdesk.testsupport.architecture.HouseRules;

class ArchitectureTest implements HouseRules {}
