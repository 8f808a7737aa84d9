# The list of the steps beside this one, asked three times how many references lead to it.
import sys

my_lst = ["hello"]
first = sys.getrefcount(my_lst)
other_lst = my_lst
second = sys.getrefcount(my_lst)
del other_lst
third = sys.getrefcount(my_lst)
print(f"first = {first}")
print(f"second = {second}")
print(f"third = {third}")
