export default { name: "rpg", rules: {} };
